package org.intarsia.runner.config;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Setting;

/// Which positions of a training sequence count, and how much: the loss is Σ w·ℓ / Σ w over a batch. Evaluations weigh all
/// positions alike and leave padding out, whatever stands here, so that runs can be compared.
///
/// @param padding what is behind the end of a sequence that is shorter than the others
/// @param prefixes which prefixes of a sequence are learned from
/// @param weighting how much a position counts
public record WeightSettings(
        @Setting("what is behind the end of a shorter sequence: ignored, or included, which divides the loss by the full length") Padding padding,
        @Setting("all: each token is predicted from those before it; full-length: the last token alone") Prefixes prefixes,
        @Setting("uniform: all positions count alike; linear: position p counts p + 1 times") Weighting weighting) {

    /// All that is there counts alike.
    public static final WeightSettings DEFAULTS =
            new WeightSettings(Padding.IGNORED, Prefixes.ALL, Weighting.UNIFORM);

    /// Checks that no setting is without effect.
    public WeightSettings {
        check(prefixes == Prefixes.ALL || padding == Padding.IGNORED, "padding",
                "must be ignored where prefixes is full-length, because only the last token of a sequence counts");
        check(prefixes == Prefixes.ALL || weighting == Weighting.UNIFORM, "weighting",
                "must be uniform where prefixes is full-length, because only one position of a sequence counts");
    }

    /// What is done with padding.
    public enum Padding {
        /// It has weight 0.
        IGNORED,
        /// It counts: the model learns to write token 0 behind the end.
        INCLUDED
    }

    /// Which prefixes are learned from.
    public enum Prefixes {
        /// All of them.
        ALL,
        /// The whole sequence but its last token.
        FULL_LENGTH
    }

    /// How much a position counts.
    public enum Weighting {
        /// 1
        UNIFORM,
        /// p + 1 at position p
        LINEAR
    }
}
