package org.intarsia.runner.config;

import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.TaskFactory;

/// Everything that decides a run: two runs of equal configurations on one backend have equal bits.
public record Configuration(
        long seed,
        Choice<TaskFactory<?>> task,
        Choice<EmbeddingFactory<?>> embedding,
        Choice<PositionEncodingFactory<?>> position,
        Choice<LossFactory<?>> loss,
        Choice<BackendFactory<?>> backend,
        ModelSettings model,
        OptimizerSettings optimizer,
        TrainingSettings training,
        SamplingSettings sampling) {
}
