"""Times one training step of makemore's architecture in PyTorch eager mode, on the CPU and in float32.

    python torch_step.py [--style makemore|sdpa] [--threads N] [--seconds S] [--fused-adamw] [--json] [SHAPE ...]

A step is forward + zero_grad + backward + AdamW. A SHAPE is one of the names below or
VOCABULARY,TIME,WIDTH,LAYERS,HEADS,FEED_FORWARD,BATCH. Style `makemore` spells GELU and the masked softmax out, as
makemore does; `sdpa` is well-written PyTorch: scaled_dot_product_attention and fused GELU.
"""

import argparse
import json
import math
import statistics
import time
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F


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


class ComposedGelu(nn.Module):
    def forward(self, x):
        return 0.5 * x * (1.0 + torch.tanh(math.sqrt(2.0 / math.pi) * (x + 0.044715 * torch.pow(x, 3.0))))


class ComposedAttention(nn.Module):
    def __init__(self, time):
        super().__init__()
        self.register_buffer("past", torch.ones(time, time).tril())

    def forward(self, q, k, v):
        scores = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(q.shape[-1]))
        return F.softmax(scores.masked_fill(self.past == 0, -math.inf), dim=-1) @ v


class FusedAttention(nn.Module):
    def forward(self, q, k, v):
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)


class Block(nn.Module):
    def __init__(self, shape, style):
        super().__init__()
        width, self.heads = shape.width, shape.heads
        self.ln_1 = nn.LayerNorm(width)
        self.c_attn = nn.Linear(width, 3 * width)
        self.attention = ComposedAttention(shape.time) if style == "makemore" else FusedAttention()
        self.c_proj = nn.Linear(width, width)
        self.ln_2 = nn.LayerNorm(width)
        self.mlp = nn.Sequential(
            nn.Linear(width, shape.feed_forward),
            ComposedGelu() if style == "makemore" else nn.GELU(approximate="tanh"),
            nn.Linear(shape.feed_forward, width),
        )

    def forward(self, x):
        batch, time, width = x.shape
        q, k, v = (
            part.view(batch, time, self.heads, width // self.heads).transpose(1, 2)
            for part in self.c_attn(self.ln_1(x)).split(width, dim=2)
        )
        mixed = self.attention(q, k, v).transpose(1, 2).contiguous().view(batch, time, width)
        x = x + self.c_proj(mixed)
        return x + self.mlp(self.ln_2(x))


class Transformer(nn.Module):
    def __init__(self, shape, style):
        super().__init__()
        self.tokens = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.time, shape.width)
        self.blocks = nn.Sequential(*(Block(shape, style) for _ in range(shape.layers)))
        self.norm = nn.LayerNorm(shape.width)
        self.head = nn.Linear(shape.width, shape.vocabulary, bias=False)

    def forward(self, tokens, targets):
        x = self.tokens(tokens) + self.positions(torch.arange(tokens.shape[1]).unsqueeze(0))
        logits = self.head(self.norm(self.blocks(x)))
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-1)


def measure(shape, style, seconds, fused_adamw):
    """Returns the milliseconds of each timed step."""
    torch.manual_seed(3407)
    model = Transformer(shape, style)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=5e-4, betas=(0.9, 0.99), weight_decay=0.01, fused=fused_adamw or None)
    tokens, targets = torch.randint(shape.vocabulary, (2, shape.batch, shape.time))

    def run(seconds, least):
        milliseconds = []
        end = time.perf_counter() + seconds
        while len(milliseconds) < least or time.perf_counter() < end:
            start = time.perf_counter()
            loss = model(tokens, targets)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            milliseconds.append((time.perf_counter() - start) * 1e3)
        return milliseconds

    run(seconds / 4, least=2)  # warm-up
    return run(seconds, least=3)


def parse_shape(text):
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", metavar="SHAPE", nargs="*", type=parse_shape, default=list(SHAPES.items()),
                        help="default: " + "; ".join(f"{name} {shape}" for name, shape in SHAPES.items()))
    parser.add_argument("--style", choices=["makemore", "sdpa"], default="makemore")
    parser.add_argument("--threads", type=int, default=1, help="default: 1")
    parser.add_argument("--seconds", type=float, default=5, help="timed, 3 steps or more, per shape; default: 5")
    parser.add_argument("--fused-adamw", action="store_true", help="AdamW in one kernel; makemore takes the default")
    parser.add_argument("--json", action="store_true", help="one JSON line per shape")
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    for name, shape in options.shapes:
        steps = measure(shape, options.style, options.seconds, options.fused_adamw)
        median = statistics.median(steps)
        result = dict(
            shape=name, sizes=shape._asdict(), style=options.style, threads=options.threads,
            fused_adamw=options.fused_adamw, steps=len(steps), ms_per_step=median, min=min(steps), max=max(steps),
            tokens_per_second=shape.batch * shape.time / median * 1e3, torch=torch.__version__)
        if options.json:
            print(json.dumps(result), flush=True)
        else:
            print("{shape:>3} {style}: {ms_per_step:.3f} ms per step (min {min:.3f}, max {max:.3f}, {steps} steps), "
                  "{tokens_per_second:.0f} tokens/s, torch {torch}".format(**result), flush=True)


if __name__ == "__main__":
    main()
