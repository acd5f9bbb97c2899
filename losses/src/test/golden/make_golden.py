"""Writes what PyTorch computes of each loss, and its gradient, in double precision: name, then numbers, one line each.

python make_golden.py > ../resources/org/intarsia/losses/golden.txt
"""

import torch
import torch.nn.functional as F

torch.manual_seed(7)
rows, classes = 5, 7
# Variables start from single precision, so the inputs are exact in it.
logits = (torch.randn(rows, classes) * 2).to(torch.float64)
targets = torch.randint(0, classes, (rows,))
numbers = (torch.randn(rows) * 4).to(torch.float64)
upstream = torch.randn(rows, dtype=torch.float64)


def show(name, values):
    print(name, *[repr(float(value)) for value in values.reshape(-1)])


def case(name, inputs, loss):
    x = inputs.clone().requires_grad_(True)
    values = loss(x)
    (values * upstream).sum().backward()
    show(name, values.detach())
    show(name + ".gradient", x.grad)


def distance(kind):
    d = (torch.arange(classes)[None, :] - targets[:, None]).abs().to(torch.float64)
    return {"linear": d, "quadratic": d**2, "square-root": d.sqrt()}[kind]


def surprise(x):
    return F.cross_entropy(x, targets, reduction="none")


def argmax_distance(x):
    return (x.argmax(1) - targets).abs().to(torch.float64)


def focal(gamma):
    return lambda x: (1 - torch.exp(-surprise(x))) ** gamma * surprise(x)


def squared_cdf(x):
    reached = (targets[:, None] <= torch.arange(classes)[None, :]).to(torch.float64)
    return ((x.softmax(1).cumsum(1) - reached) ** 2).sum(1)


show("logits", logits)
show("targets", targets)
show("numbers", numbers)
show("upstream", upstream)
case("cross-entropy", logits, surprise)
case("smoothed", logits, lambda x: F.cross_entropy(x, targets, reduction="none", label_smoothing=0.1))
for kind in ["linear", "quadratic", "square-root"]:
    case("expected-" + kind, logits, lambda x: (x.softmax(1) * distance(kind)).sum(1))
    case("weighted-" + kind, logits, lambda x: surprise(x) * (1 + 0.1 * (x.softmax(1) * distance(kind)).sum(1)))
case("weighted-argmax", logits, lambda x: surprise(x) * (1 + 0.1 * argmax_distance(x)))
case("earth-mover", logits, squared_cdf)
case("focal-2", logits, focal(2))
case("focal-0.5", logits, focal(0.5))
case("squared", numbers, lambda x: F.mse_loss(x, targets.to(torch.float64), reduction="none"))
case("huber-1", numbers, lambda x: F.huber_loss(x, targets.to(torch.float64), reduction="none"))
case("huber-3", numbers, lambda x: F.huber_loss(x, targets.to(torch.float64), reduction="none", delta=3))
