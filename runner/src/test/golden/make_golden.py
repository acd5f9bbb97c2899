"""Makes the golden file of the Transformer tests: what PyTorch computes for a small model of makemore's architecture.

    python make_golden.py OUTPUT

Needs torch and safetensors. OUTPUT is a safetensors file with

    input.tokens, input.targets   {batch, time}               one batch; target -1 = ignored
    weight.NAME                   the parameter's shape       initial parameters, under makemore's names
    logits                        {batch, time, vocabulary}
    loss                          {}                          mean cross-entropy (nats) over the targets that are not -1
    gradient.NAME                 the parameter's shape       of that loss
    losses                        {step}                      ten AdamW steps on that batch, each loss before its update
    final.NAME                    the parameter's shape       parameters after these ten steps
    losses.clipped                {step}                      the same, the global gradient norm clipped to 0.5

Tokens and targets are int32, everything else is float64 and computed in float64. The initial parameters are exact in
float32 as well. Sizes and settings are in the header's metadata. Linear weights are {out, in}, as PyTorch keeps them.
"""

import copy
import json
import math
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

SIZES = dict(vocabulary=11, time=6, width=8, layers=2, heads=2, feed_forward=32)
MAKEMORE_ON_NAMES = dict(vocabulary=27, time=16, width=64, layers=4, heads=4, feed_forward=256)
STEPS = 10
ADAMW = dict(lr=1e-2, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.01)
MAX_NORM = 0.5

# 0 starts and ends an item and fills up its row. Token 7 never occurs: its embedding gets no gradient, but decays.
TOKENS = [[0, 3, 8, 1, 10, 2], [0, 5, 5, 9, 0, 0], [0, 1, 3, 8, 6, 0], [0, 4, 0, 0, 0, 0]]
TARGETS = [[3, 8, 1, 10, 2, 0], [5, 5, 9, 0, -1, -1], [1, 3, 8, 6, 0, -1], [4, 0, -1, -1, -1, -1]]


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.c_attn = nn.Linear(width, 3 * width)  # rows: queries, keys, values; within each, head by head
        self.c_proj = nn.Linear(width, width)

    def forward(self, x):
        batch, time, width = x.shape
        q, k, v = (
            part.view(batch, time, self.heads, width // self.heads).transpose(1, 2)
            for part in self.c_attn(x).chunk(3, dim=-1)
        )
        scores = q @ k.mT / math.sqrt(width // self.heads)
        future = torch.ones(time, time, dtype=torch.bool).triu(1)
        mixed = scores.masked_fill(future, -math.inf).softmax(-1) @ v
        return self.c_proj(mixed.transpose(1, 2).reshape(batch, time, width))


class Block(nn.Module):
    def __init__(self, width, heads, feed_forward):
        super().__init__()
        self.ln_1 = nn.LayerNorm(width)
        self.attn = Attention(width, heads)
        self.ln_2 = nn.LayerNorm(width)
        self.mlp = nn.ModuleDict(dict(c_fc=nn.Linear(width, feed_forward), c_proj=nn.Linear(feed_forward, width)))

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp.c_proj(F.gelu(self.mlp.c_fc(self.ln_2(x)), approximate="tanh"))


class Transformer(nn.Module):
    def __init__(self, vocabulary, time, width, layers, heads, feed_forward):
        super().__init__()
        self.transformer = nn.ModuleDict(dict(
            wte=nn.Embedding(vocabulary, width),
            wpe=nn.Embedding(time, width),
            h=nn.ModuleList(Block(width, heads, feed_forward) for _ in range(layers)),
            ln_f=nn.LayerNorm(width),
        ))
        self.lm_head = nn.Linear(width, vocabulary, bias=False)

    def forward(self, tokens):
        x = self.transformer.wte(tokens) + self.transformer.wpe.weight[: tokens.shape[1]]
        for block in self.transformer.h:
            x = block(x)
        return self.lm_head(self.transformer.ln_f(x))

    def loss(self, logits, targets):
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-1)


def parameter_count(model):
    return sum(parameter.numel() for parameter in model.parameters())


def train(model, tokens, targets, max_norm=None):
    """Trains `model` in place and returns the losses."""
    optimizer = torch.optim.AdamW(model.parameters(), **ADAMW)
    losses = []
    for _ in range(STEPS):
        loss = model.loss(model(tokens), targets)
        optimizer.zero_grad()
        loss.backward()
        if max_norm is not None:
            norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            assert norm > max_norm, f"nothing to clip: the gradient norm is {norm}"
        optimizer.step()
        losses.append(loss.detach())
    return torch.stack(losses)


def sort_metadata(path):
    """Sorts the header's metadata, which safetensors writes in random order: the same run makes the same bytes."""
    content = path.read_bytes()
    end = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:end])
    header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode().ljust(end - 8)
    assert len(text) == end - 8
    path.write_bytes(content[:8] + text + content[end:])


def main(output):
    count = parameter_count(Transformer(**MAKEMORE_ON_NAMES))
    assert count == 204_544, f"makemore's model has 204,544 parameters on names, this one {count}"

    torch.manual_seed(3407)
    torch.set_num_threads(1)
    model = Transformer(**SIZES)
    with torch.no_grad():  # away from 1 and 0, where an error in a layer norm could hide
        for name, parameter in model.named_parameters():
            if "ln_" in name:
                parameter.add_(0.1 * torch.randn_like(parameter))
    model.double()
    tokens, targets = torch.tensor(TOKENS), torch.tensor(TARGETS)

    tensors = {"input.tokens": tokens.int(), "input.targets": targets.int()}
    for name, parameter in model.named_parameters():
        tensors[f"weight.{name}"] = parameter.detach().clone()
    logits = model(tokens)
    loss = model.loss(logits, targets)
    loss.backward()
    tensors |= {"logits": logits.detach(), "loss": loss.detach()}
    for name, parameter in model.named_parameters():
        tensors[f"gradient.{name}"] = parameter.grad.clone()

    clipped = copy.deepcopy(model)
    tensors["losses"] = train(model, tokens, targets)
    for name, parameter in model.named_parameters():
        tensors[f"final.{name}"] = parameter.detach()
    tensors["losses.clipped"] = train(clipped, tokens, targets, MAX_NORM)

    settings = SIZES | ADAMW | dict(batch=len(TOKENS), steps=STEPS, max_norm=MAX_NORM, torch=torch.__version__)
    settings["betas"] = ",".join(map(str, ADAMW["betas"]))
    save_file(tensors, output, {name: str(value) for name, value in settings.items()})
    sort_metadata(Path(output))
    print(f"{output}: {len(tensors)} tensors, {parameter_count(model)} parameters")
    for name in "losses", "losses.clipped":
        print(f"{name}: {' '.join(f'{value:.6f}' for value in tensors[name].tolist())}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python make_golden.py OUTPUT")
    main(sys.argv[1])
