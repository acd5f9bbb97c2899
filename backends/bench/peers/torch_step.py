"""Times one training step of makemore's architecture in PyTorch, on the CPU and in float32.

    python torch_step.py [--style makemore|sdpa|compile] [--threads N] [--seconds S] [--fused-adamw] [--json] [SHAPE ...]

A step is forward + zero_grad + backward + AdamW. Style `makemore` spells GELU and the masked softmax out, as makemore
does; `sdpa` is well-written PyTorch: scaled_dot_product_attention and fused GELU; `compile` is the same with
torch.compile around the model and around the optimiser's step, which needs a C++ compiler.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F

from steps import measure, parser, report


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


def training(shape, style, fused_adamw):
    """Returns a function that runs a step."""
    torch.manual_seed(3407)
    model = Transformer(shape, style)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=5e-4, betas=(0.9, 0.99), weight_decay=0.01, fused=fused_adamw or None)
    tokens, targets = torch.randint(shape.vocabulary, (2, shape.batch, shape.time))
    forward, update = model, optimizer.step
    if style == "compile":
        torch.compiler.reset()  # a second shape is compiled for its sizes, not for sizes in general
        forward, update = torch.compile(model), torch.compile(optimizer.step)

    def step():
        loss = forward(tokens, targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        update()

    return step


def main():
    options = parser(__doc__)
    options.add_argument("--style", choices=["makemore", "sdpa", "compile"], default="makemore")
    options.add_argument("--fused-adamw", action="store_true", help="AdamW in one kernel; makemore takes the default")
    options = options.parse_args()

    torch.set_num_threads(options.threads)
    for name, shape in options.shapes:
        report(options, name, shape, measure(options, training(shape, options.style, options.fused_adamw)),
               style=options.style, fused_adamw=options.fused_adamw, version="torch " + torch.__version__)


if __name__ == "__main__":
    main()
