"""What the peers share: the shapes, the command line, how a step is timed and how that is printed.

A SHAPE is one of the names below or VOCABULARY,TIME,WIDTH,LAYERS,HEADS,FEED_FORWARD,BATCH.
"""

import argparse
import json
import statistics
import time
from typing import NamedTuple


class Shape(NamedTuple):
    vocabulary: int
    time: int
    width: int
    layers: int
    heads: int
    feed_forward: int
    batch: int

    def __str__(self):
        return ",".join(map(str, self))


SHAPES = {
    "A2": Shape(256, 8, 2, 2, 2, 32, 32),
    "A8": Shape(256, 8, 8, 2, 2, 32, 32),
    "B": Shape(27, 16, 64, 4, 4, 256, 32),
    "C": Shape(3, 200, 64, 4, 4, 256, 32),
    "D": Shape(12, 40, 96, 4, 4, 384, 32),
    "E": Shape(256, 256, 384, 6, 6, 1536, 16),
}


def parse_shape(text):
    """Returns a name and its shape."""
    if text in SHAPES:
        return text, SHAPES[text]
    try:
        shape = Shape(*map(int, text.split(",")))
    except (TypeError, ValueError):
        raise argparse.ArgumentTypeError(
            f"'{text}' is neither one of {', '.join(SHAPES)} nor {','.join(Shape._fields).upper()}") from None
    if min(shape) < 1 or shape.width % shape.heads:
        raise argparse.ArgumentTypeError(f"'{text}': sizes are positive, and the width is a multiple of the heads")
    return text, shape


def parser(description):
    """Returns the options that all peers have."""
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("shapes", metavar="SHAPE", nargs="*", type=parse_shape, default=list(SHAPES.items()),
                         help="default: " + "; ".join(f"{name} {shape}" for name, shape in SHAPES.items()))
    options.add_argument("--threads", type=int, default=1, help="default: 1")
    options.add_argument("--seconds", type=float, default=5, help="timed, 5 steps or more, per shape; default: 5")
    options.add_argument("--steps", type=int, help="runs so many steps from the start on, instead of warming up and"
                                                   " timing for --seconds")
    options.add_argument("--json", action="store_true", help="one JSON line per shape")
    return options


def measure(options, step):
    """Returns the milliseconds of each timed step; as long again went before them to warm up."""

    def run(more):
        milliseconds = []
        end = time.perf_counter() + options.seconds
        while more(len(milliseconds), time.perf_counter() < end):
            start = time.perf_counter()
            step()
            milliseconds.append((time.perf_counter() - start) * 1e3)
        return milliseconds

    if options.steps:
        return run(lambda count, early: count < options.steps)
    run(lambda count, early: count < 3 or early)
    return run(lambda count, early: count < 5 or early)


def report(options, name, shape, milliseconds, **facts):
    """Prints what was measured of a shape."""
    median = statistics.median(milliseconds)
    result = dict(
        shape=name, sizes=shape._asdict(), threads=options.threads, steps=len(milliseconds), ms_per_step=median,
        min=min(milliseconds), max=max(milliseconds), tokens_per_second=shape.batch * shape.time / median * 1e3,
        **facts)
    if options.json:
        print(json.dumps(result), flush=True)
    else:
        print("{shape:>3} {style}: {ms_per_step:.3f} ms per step (min {min:.3f}, max {max:.3f}, {steps} steps), "
              "{tokens_per_second:.0f} tokens/s, {version}".format(**result), flush=True)
