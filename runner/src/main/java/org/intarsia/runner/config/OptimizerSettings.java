package org.intarsia.runner.config;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Setting;

/// AdamW (Loshchilov and Hutter, arXiv 1711.05101, algorithm 2, as PyTorch scales the decay by the learning rate).
public record OptimizerSettings(
        @Setting("step size") double learningRate,
        @Setting("decay of the first moment, in [0, 1)") double beta1,
        @Setting("decay of the second moment, in [0, 1)") double beta2,
        @Setting("added to the root of the second moment") double epsilon,
        @Setting("decoupled weight decay, on every parameter") double weightDecay,
        @Setting("largest global norm of the gradients; 0 means no clipping") double clipNorm) {

    /// The design's optimiser.
    public static final OptimizerSettings DEFAULTS = new OptimizerSettings(1e-3, 0.9, 0.999, 1e-8, 0.01, 1);

    /// Checks the ranges.
    public OptimizerSettings {
        check(learningRate > 0, "learningRate", "must be above 0, not " + learningRate);
        check(beta1 >= 0 && beta1 < 1, "beta1", "must be in [0, 1), not " + beta1);
        check(beta2 >= 0 && beta2 < 1, "beta2", "must be in [0, 1), not " + beta2);
        check(epsilon > 0, "epsilon", "must be above 0, not " + epsilon);
        check(weightDecay >= 0, "weightDecay", "must be at least 0, not " + weightDecay);
        check(clipNorm >= 0, "clipNorm", "must be at least 0, not " + clipNorm);
    }
}
