"""Writes the rotary frequencies that Hugging Face's transformers computes (single precision), one case a line: the kind,
base, channels, factor, trained length and length, then what multiplies cosines and sines, then the frequencies.

    python make_golden.py > ../resources/org/intarsia/positional/rotary-frequencies.txt

Needs torch and transformers (made with 5.24.0). transformers has no fixed NTK scaling; its dynamic one with factor 1 at s times
the trained length stretches the base by the same s^(d/(d-2)).
"""

from types import SimpleNamespace

from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS


def case(kind, base, channels, factor, trained, length):
    kind_there, factor_there, length_there = kind, factor, length
    if kind == "dynamic-ntk":
        kind_there = "dynamic"
    if kind == "ntk":
        kind_there, factor_there, length_there = "dynamic", 1.0, round(factor * trained)
    config = SimpleNamespace(
        hidden_size=channels,
        num_attention_heads=1,
        head_dim=channels,
        max_position_embeddings=trained,
        standardize_rope_params=lambda: None,
        rope_parameters={
            "rope_theta": base,
            "factor": factor_there,
            "original_max_position_embeddings": trained,
        },
    )
    frequencies, magnitude = ROPE_INIT_FUNCTIONS[kind_there](config, "cpu", seq_len=length_there)
    print(kind, base, channels, factor, trained, length, magnitude, *[repr(float(f)) for f in frequencies])


case("linear", 10000.0, 16, 4.0, 64, 256)
case("ntk", 10000.0, 16, 4.0, 64, 256)
case("ntk", 500.0, 64, 8.0, 2048, 2048)
case("dynamic-ntk", 10000.0, 16, 1.0, 64, 200)
case("dynamic-ntk", 10000.0, 64, 2.5, 2048, 5000)
case("yarn", 10000.0, 16, 4.0, 64, 256)  # the faster pairs make fewer than 32 turns
case("yarn", 10000.0, 128, 16.0, 4096, 65536)  # the setting of the paper's Llama 2
case("yarn", 100.0, 16, 2.0, 4096, 8192)  # the slowest pair makes more than one turn
case("yarn", 10000.0, 8, 3.0, 6, 18)  # no pair makes a turn
