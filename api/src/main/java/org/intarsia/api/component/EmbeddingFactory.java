package org.intarsia.api.component;

/// Makes an embedding: the service that a jar with an embedding provides.
///
/// @param <C> its settings
public interface EmbeddingFactory<C extends Record> extends Factory<C> {

    /// Makes the embedding for a model of this shape.
    ///
    /// @throws InvalidSettingException if the settings do not fit the shape
    Embedding create(C config, ModelShape shape);
}
