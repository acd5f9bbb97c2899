package org.intarsia.api.component;

/// Makes a loss: the service that a jar with a loss provides.
///
/// @param <C> its settings
public interface LossFactory<C extends Record> extends Factory<C> {

    /// Makes the loss for a model of this shape.
    ///
    /// @throws InvalidSettingException if the settings do not fit the shape
    Loss create(C config, ModelShape shape);
}
