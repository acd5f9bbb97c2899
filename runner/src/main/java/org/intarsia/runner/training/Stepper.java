package org.intarsia.runner.training;

import jakarta.inject.Inject;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;

/// Takes one optimiser step after another, and knows how fast.
final class Stepper {

    private static final double NANOS = 1e9;

    private final Executable executable;
    private final double[] loss = new double[1];
    private final double[] gradientNorm = new double[1];
    private long tokens;
    private long nanos;

    @Inject
    Stepper(TrainingGraph training, Session session) {
        executable = session.compile(training.graph());
    }

    /// Learns from a batch.
    void step(Batch batch) {
        long start = System.nanoTime();
        batch.write(executable);
        executable.write(TrainingGraph.TARGETS, batch.targets());
        executable.write(TrainingGraph.WEIGHTS, batch.weights());
        executable.run();
        executable.read(TrainingGraph.LOSS, loss);
        executable.read(TrainingGraph.GRADIENT_NORM, gradientNorm);
        nanos += System.nanoTime() - start;
        tokens += batch.counted();
    }

    /// Returns the loss of the last batch, before its update.
    double loss() {
        return loss[0];
    }

    /// Returns the norm of the last gradients before clipping.
    double gradientNorm() {
        return gradientNorm[0];
    }

    /// Returns how many tokens were learned from in a second, without evaluations.
    double tokensPerSecond() {
        return nanos == 0 ? 0 : tokens * NANOS / nanos;
    }
}
