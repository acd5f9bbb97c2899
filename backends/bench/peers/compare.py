"""Compares training steps of Intarsia with those of other frameworks on this machine, and prints a table in Markdown.

    python3 compare.py [--python PATH] [--rounds R] [--seconds S] [--threads N] [--without NAME] [--cold] [SHAPE ...]

Each round runs every contestant on every shape in turn, each in a process of its own on the same N processors, so that
whatever disturbs the machine disturbs all of them. A cell is the median over the rounds of a process's median step; a
ratio is a contestant's time over Intarsia's: above 1, Intarsia is faster. What fails is a cell with the reason.

--cold measures the wall-clock time of 1,000 steps from a cold start instead: process start, imports, compilation and all,
of shape A8. Of Intarsia that is `intarsia train`, as users run it, with its data, evaluation and checkpoint; of the others
it is their bare steps. Files are in the system's cache; torch.compile starts with an empty cache of its own.

PATH is a Python that has torch and jax; this script itself needs the standard library only.
"""

import argparse
import datetime
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from steps import SHAPES, parse_shape

PEERS = Path(__file__).resolve().parent
INTARSIA = PEERS.parents[2] / "intarsia"
OURS = "intarsia"
OTHERS = {
    "makemore": ["torch_step.py", "--style", "makemore"],
    "sdpa": ["torch_step.py", "--style", "sdpa"],
    "compile": ["torch_step.py", "--style", "compile"],
    "jax": ["jax_step.py"],
}
LIMIT = 1800  # seconds for one process
COLD_STEPS = 1000


class Failure(Exception):
    """A process that did not end well, with the reason in a few words."""


def run(command, environment):
    """Returns what a process printed and how many seconds it took."""
    start = time.perf_counter()
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        raise Failure(f"not done after {LIMIT} s") from None
    except OSError as e:
        raise Failure(str(e)) from None
    if done.returncode != 0:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()] or [f"exit code {done.returncode}"]
        raise Failure(lines[0] if lines[0].startswith("intarsia: ") else lines[-1])
    return done.stdout, time.perf_counter() - start


def last_line(printed):
    """Returns the last line that a process printed, which is JSON."""
    try:
        return json.loads(printed.splitlines()[-1])
    except (IndexError, ValueError):
        raise Failure(f"no JSON at the end of what it printed: {printed[-60:]!r}") from None


class Steps:
    """The milliseconds of a step, once things are warm."""

    unit = "ms"

    def __init__(self, options):
        self.options = options
        self.shapes = [name for name, _ in options.shapes]

    def command(self, name, shape):
        seconds, threads = str(self.options.seconds), str(self.options.threads)
        if name == OURS:
            return [str(INTARSIA), "bench", "--shape", shape, "--json", "--seconds", seconds, "--threads", threads]
        script, *arguments = OTHERS[name]
        return [self.options.python, str(PEERS / script), *arguments, "--json", "--seconds", seconds,
                "--threads", threads, shape]

    def measure(self, name, shape, environment):
        """Returns a number and whatever else the process said about itself."""
        printed, _ = run(self.command(name, shape), environment)
        facts = last_line(printed)
        return facts["ms_per_step"], facts


class Cold:
    """The seconds of the first 1,000 steps of a process, its start included."""

    unit = "s"
    shapes = ["A8"]

    def __init__(self, options):
        self.options = options

    def command(self, name, shape, folder):
        threads = str(self.options.threads)
        if name == OURS:  # "first" is a vocabulary of 256 and 8 positions; the rest makes it A8
            return [str(INTARSIA), "train", "first", "--run", f"{folder}/run", "model.width=8", "model.feedForward=32",
                    f"training.steps={COLD_STEPS}", f"training.evaluateEvery={COLD_STEPS}", "sampling.count=0",
                    f"backend.threads={threads}"]
        script, *arguments = OTHERS[name]
        return [self.options.python, str(PEERS / script), *arguments, "--json", "--threads", threads,
                "--steps", str(COLD_STEPS), shape]

    def measure(self, name, shape, environment):
        """Returns a number and whatever else the process said about itself."""
        with tempfile.TemporaryDirectory() as folder:
            printed, seconds = run(self.command(name, shape, folder),
                                   environment | {"TORCHINDUCTOR_CACHE_DIR": f"{folder}/inductor"})
        return seconds, {} if name == OURS else last_line(printed)


class Results:
    """What was measured, by contestant and shape."""

    def __init__(self):
        self.numbers = {}
        self.failures = {}
        self.versions = {}
        self.machine = {}

    def measure(self, measurement, name, shape, environment):
        try:
            number, facts = measurement.measure(name, shape, environment)
        except Failure as e:
            self.failures.setdefault((name, shape), []).append(str(e))
            return f"failed: {e}"
        self.numbers.setdefault((name, shape), []).append(number)
        if "version" in facts:
            self.versions[facts["version"]] = None
        if name == OURS:
            self.machine = facts or self.machine
        return f"{number:.3f} {measurement.unit}"

    def median(self, name, shape):
        return statistics.median(self.numbers[name, shape]) if (name, shape) in self.numbers else None

    def cell(self, name, shape):
        failures = self.failures.get((name, shape), [])
        median = self.median(name, shape)
        reason = failures[-1].replace("|", "/")[:70] if failures else ""
        if median is None:
            return f"failed: {reason}"
        return digits(median) + (f" ({len(failures)} failed: {reason})" if failures else "")

    def ratio(self, name, shape):
        ours, theirs = self.median(OURS, shape), self.median(name, shape)
        return f"{theirs / ours:.2f}" if ours and theirs else "–"


def digits(number):
    return f"{number:.3f}" if number < 10 else f"{number:.1f}"


def table(results, measurement, others):
    """Returns the table's lines."""
    head = ["shape", f"{OURS} {measurement.unit}", *(f"{name} {measurement.unit}" for name in others),
            *(f"{name}/{OURS}" for name in others)]
    rows = [[shape, results.cell(OURS, shape), *(results.cell(name, shape) for name in others),
             *(results.ratio(name, shape) for name in others)] for shape in measurement.shapes]
    return ["| " + " | ".join(row) + " |" for row in [head, ["---"] + ["---:"] * (len(head) - 1), *rows]]


def processor():
    try:
        found = re.search(r"^model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found.group(1).strip() if found else platform.machine()


def description(results, options, pinned):
    """Returns what the numbers come from, as the lines of a list."""
    on = f"pinned to processor {', '.join(map(str, pinned))}" if pinned else "not pinned: this system has no affinity"
    lines = [
        f"{processor()}, {os.cpu_count()} processors, {platform.system()} {platform.release()}",
        f"{options.threads} thread(s), {on}; median of {options.rounds} interleaved rounds",
        ", ".join([results.machine.get("jvm", "JVM as the launcher finds it"), *sorted(results.versions)]),
        f"{datetime.date.today()}, {' '.join(['compare.py', *sys.argv[1:]])}",
    ]
    if "peak_gflops" in results.machine:
        lines.insert(1, "{peak_gflops:.0f} GFLOP/s, {copy_gbytes_per_second:.1f} GB/s copied, measured by the last intarsia bench"
                     .format(**results.machine))
    return ["- " + line for line in lines]


def pin(threads):
    """Confines this process, and all that it starts, to so many of the processors that it may use; returns which."""
    if not hasattr(os, "sched_setaffinity"):
        return []
    allowed = sorted(os.sched_getaffinity(0))
    if threads > len(allowed):
        raise SystemExit(f"compare.py: --threads {threads}: there are only {len(allowed)} processors to use")
    os.sched_setaffinity(0, allowed[:threads])
    return allowed[:threads]


def positive(kind):
    def parse(text):
        number = kind(text)
        if not number > 0:
            raise argparse.ArgumentTypeError(f"must be above 0, not {text}")
        return number
    return parse


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", metavar="SHAPE", nargs="*", type=parse_shape, default=list(SHAPES.items()),
                        help="V,T,width,layers,heads,ff,batch, or a name; default: " + ", ".join(SHAPES))
    parser.add_argument("--rounds", type=positive(int), default=3, help="default: 3")
    parser.add_argument("--seconds", type=positive(float), default=5,
                        help="timed per process, after as long a warm-up; default: 5")
    parser.add_argument("--threads", type=positive(int), default=1, help="default: 1")
    parser.add_argument("--python", metavar="PATH", default=sys.executable, help="default: the one that runs this")
    parser.add_argument("--without", metavar="NAME", action="append", choices=OTHERS, default=[],
                        help=f"leaves out one of {', '.join(OTHERS)}; may be repeated")
    parser.add_argument("--cold", action="store_true", help="1,000 steps from a cold start")
    options = parser.parse_args()

    pinned = pin(options.threads)
    environment = os.environ | {key: str(options.threads) for key in ("OMP_NUM_THREADS", "MKL_NUM_THREADS")}
    others = [name for name in OTHERS if name not in options.without]
    measurement = Cold(options) if options.cold else Steps(options)
    results = Results()
    try:
        run([str(INTARSIA), "--version"], environment)  # builds, if it must, before any clock runs
    except Failure as e:
        raise SystemExit(f"compare.py: {INTARSIA} does not start: {e}") from None
    for round in range(1, options.rounds + 1):
        for shape in measurement.shapes:
            for name in [OURS, *others]:
                print(f"round {round}/{options.rounds} {shape} {name}: ", end="", file=sys.stderr, flush=True)
                print(results.measure(measurement, name, shape, environment), file=sys.stderr, flush=True)
    print("\n".join([*table(results, measurement, others), "", *description(results, options, pinned)]))


if __name__ == "__main__":
    main()
