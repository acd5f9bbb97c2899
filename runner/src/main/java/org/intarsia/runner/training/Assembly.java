package org.intarsia.runner.training;

import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Seed;
import org.intarsia.runner.config.Components;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.config.ModelSettings;
import org.intarsia.runner.model.Transformer;

/// How the parts that a configuration chose become a model and a training step.
public final class Assembly {

    private Assembly() {}

    /// Returns the shape of the model that a configuration asks for.
    ///
    /// @throws org.intarsia.runner.error.UserError if positions are to be drawn from no more than there are tokens
    public static ModelShape shape(Configuration configuration, Task task) {
        ModelSettings model = configuration.model();
        int positions = model.randomPositions() == 0 ? task.length() : model.randomPositions();
        if (model.randomPositions() != 0 && positions <= task.length()) {
            throw Components.refused(configuration, "model", model, new InvalidSettingException("randomPositions",
                    "must be more than the " + task.length() + " tokens that the model reads, not " + positions
                            + ", as nothing is drawn where each position has its token; 0 takes the positions as they come"));
        }
        return new ModelShape(task.vocabulary().size(), positions, model.width(), model.layers(), model.heads(),
                model.feedForward(), task.coordinates());
    }

    /// Makes the model, with a loss that only says what the model gives out.
    ///
    /// @throws org.intarsia.runner.error.UserError if a component does not fit the shape
    public static Transformer model(Configuration configuration, ModelShape shape) {
        return new Transformer(shape, Components.embedding(configuration, shape),
                Components.position(configuration, shape), Components.loss(configuration, shape).output());
    }

    /// Makes the training step of a model.
    ///
    /// @param seed where the parameters start from
    /// @param batch how many sequences it reads
    /// @param length how many tokens of each
    /// @throws org.intarsia.runner.error.UserError if a component does not fit the shape
    public static TrainingGraph training(Configuration configuration, ModelShape shape, Seed seed, int batch,
            int length) {
        return TrainingGraph.build(model(configuration, shape), Components.loss(configuration, shape),
                configuration.optimizer(),
                seed, batch, length);
    }
}
