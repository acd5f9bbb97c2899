"""Prints the rotary frequencies that RotaryFrequenciesTest expects, in the form of Hugging Face's modeling_rope_utils:
inverse frequencies of all pairs, written from the papers.
"""

import numpy as np

d, base, trained, length = 16, 10000.0, 64, 256
exponents = np.arange(0, d, 2) / d


def inverse(powers_of):
    return 1.0 / powers_of**exponents


def yarn(factor):
    def dimension(rotations):
        return d * np.log(trained / (rotations * 2 * np.pi)) / (2 * np.log(base))

    low, high = max(np.floor(dimension(32)), 0), min(np.ceil(dimension(1)), d - 1)
    extrapolated = 1 - np.clip((np.arange(d // 2) - low) / (high - low), 0, 1)
    return inverse(base) / factor * (1 - extrapolated) + inverse(base) * extrapolated


print("linear", list(inverse(base) / 4))
print("ntk", list(inverse(base * 4 ** (d / (d - 2)))))
print("dynamic-ntk", list(inverse(base * ((2 * length / trained) - (2 - 1)) ** (d / (d - 2)))))
print("yarn", list(yarn(4)), 0.1 * np.log(4) + 1)
