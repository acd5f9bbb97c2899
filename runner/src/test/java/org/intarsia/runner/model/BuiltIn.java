package org.intarsia.runner.model;

import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.Factory;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.PositionEncodingFactory;
import org.junit.jupiter.api.Assumptions;

/// The components on the class path, with their default settings.
public final class BuiltIn {

    private BuiltIn() {}

    /// Returns all backends.
    public static Stream<BackendFactory<?>> backends() {
        return all(BackendFactory.class).map(factory -> (BackendFactory<?>) factory);
    }

    /// Returns the backend that defines the ops.
    public static Backend reference() {
        return backend(named(BackendFactory.class, "reference"));
    }

    /// Makes a backend. Where its device is missing the test ends as skipped, with the reason.
    public static Backend backend(BackendFactory<?> factory) {
        try {
            return create(factory);
        } catch (InvalidSettingException missing) {
            return Assumptions.abort("not run: " + factory.name() + " cannot be had here: " + missing.getMessage());
        }
    }

    /// Makes a learned embedding.
    public static Embedding learned(ModelShape shape) {
        EmbeddingFactory<?> factory = named(EmbeddingFactory.class, "learned");
        return create(factory, shape);
    }

    /// Makes a learned absolute position encoding.
    public static PositionEncoding absolute(ModelShape shape) {
        PositionEncodingFactory<?> factory = named(PositionEncodingFactory.class, "absolute");
        return create(factory, shape);
    }

    private static <C extends Record> Backend create(BackendFactory<C> factory) {
        return factory.create(factory.defaults());
    }

    private static <C extends Record> Embedding create(EmbeddingFactory<C> factory, ModelShape shape) {
        return factory.create(factory.defaults(), shape);
    }

    private static <C extends Record> PositionEncoding create(PositionEncodingFactory<C> factory, ModelShape shape) {
        return factory.create(factory.defaults(), shape);
    }

    private static <F extends Factory<?>> F named(Class<F> kind, String name) {
        return all(kind).filter(factory -> factory.name().equals(name)).findFirst().orElseThrow();
    }

    private static <F> Stream<F> all(Class<F> kind) {
        return ServiceLoader.load(kind).stream().map(ServiceLoader.Provider::get);
    }
}
