package org.intarsia.runner.config;

import java.util.List;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.TaskFactory;
import tools.jackson.databind.node.ObjectNode;

/// Everything that decides a run: two runs of equal configurations on one backend have equal bits.
///
/// @param positions the position encodings, which act one after the other
/// @param origins where the settings were written, for errors; it takes no part in equality
public record Configuration(
        long seed,
        Choice<TaskFactory<?>> task,
        Choice<EmbeddingFactory<?>> embedding,
        List<Choice<PositionEncodingFactory<?>>> positions,
        Choice<LossFactory<?>> loss,
        Choice<BackendFactory<?>> backend,
        ModelSettings model,
        OptimizerSettings optimizer,
        TrainingSettings training,
        SamplingSettings sampling,
        Origins origins) {

    /// Copies the list.
    public Configuration {
        positions = List.copyOf(positions);
    }

    /// Creates a configuration that was not read from anywhere.
    public Configuration(long seed, Choice<TaskFactory<?>> task, Choice<EmbeddingFactory<?>> embedding,
            List<Choice<PositionEncodingFactory<?>>> positions, Choice<LossFactory<?>> loss,
            Choice<BackendFactory<?>> backend,
            ModelSettings model, OptimizerSettings optimizer, TrainingSettings training, SamplingSettings sampling) {
        this(seed, task, embedding, positions, loss, backend, model, optimizer, training, sampling, Origins.none());
    }

    /// Returns the complete configuration with all defaults as JSON, in the order of this record; [ConfigurationReader]
    /// makes an equal configuration of it.
    public ObjectNode json() {
        return ConfigurationWriter.tree(this);
    }

    /// Returns [#json] as a text for people.
    public String text() {
        return ConfigurationWriter.text(this);
    }

    /// Returns the first twelve hexadecimal digits of the SHA-256 of the configuration: equal configurations have equal
    /// hashes, and others, for every practical purpose, different ones.
    public String hash() {
        return ConfigurationWriter.hash(this);
    }
}
