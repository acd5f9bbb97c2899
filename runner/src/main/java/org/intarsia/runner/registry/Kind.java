package org.intarsia.runner.registry;

import java.util.List;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.Factory;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.TaskFactory;

/// A kind of component.
///
/// @param <F> who makes components of this kind
public final class Kind<F extends Factory<?>> {

    /// Where sequences come from.
    public static final Kind<TaskFactory<?>> TASK = new Kind<>("task", "task", TaskFactory.class);
    /// How tokens become vectors.
    public static final Kind<EmbeddingFactory<?>> EMBEDDING = new Kind<>("embedding", "embedding",
            EmbeddingFactory.class);
    /// How a model knows the order of its tokens.
    public static final Kind<PositionEncodingFactory<?>> POSITION = new Kind<>("position", "position encoding",
            PositionEncodingFactory.class);
    /// What training makes small.
    public static final Kind<LossFactory<?>> LOSS = new Kind<>("loss", "loss", LossFactory.class);
    /// What computes.
    public static final Kind<BackendFactory<?>> BACKEND = new Kind<>("backend", "backend", BackendFactory.class);

    /// All kinds, in the order in which data flows.
    public static final List<Kind<?>> ALL = List.of(TASK, EMBEDDING, POSITION, LOSS, BACKEND);

    private final String key;
    private final String title;
    private final Class<? super F> service;

    private Kind(String key, String title, Class<? super F> service) {
        this.key = key;
        this.title = title;
        this.service = service;
    }

    /// Returns the word for it in configurations and on the command line, such as `position`.
    public String key() {
        return key;
    }

    /// Returns the word for it in sentences, such as `position encoding`.
    public String title() {
        return title;
    }

    /// Returns the word for it with its article, such as `an embedding`.
    public String oneOf() {
        return (title.startsWith("e") ? "an " : "a ") + title;
    }

    /// Returns the word for several, such as `position encodings`.
    public String plural() {
        return title + (title.endsWith("s") ? "es" : "s");
    }

    /// Returns the interface that a jar provides: the file below `META-INF/services` has its name.
    public Class<? super F> service() {
        return service;
    }

    /// Sees a provider of this kind's service as what it is; F is the service with a wildcard, so nothing is unchecked.
    @SuppressWarnings("unchecked")
    F cast(Object provider) {
        return (F) service.cast(provider);
    }

    @Override
    public String toString() {
        return key;
    }
}
