package org.intarsia.api.component;

/// Makes a position encoding: the service that a jar with a position encoding provides.
///
/// @param <C> its settings
public interface PositionEncodingFactory<C extends Record> extends Factory<C> {

    /// Makes the position encoding for a model of this shape.
    ///
    /// @throws InvalidSettingException if the settings do not fit the shape
    PositionEncoding create(C config, ModelShape shape);
}
