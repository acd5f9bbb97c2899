package org.intarsia.runner.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.Factory;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.Task;
import org.intarsia.api.component.TaskFactory;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.model.Combined;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.SettingField;

/// Makes the components that a configuration chose. What a factory says against its settings becomes a [UserError] that
/// says where they were written.
public final class Components {

    private Components() {}

    /// Makes the task.
    ///
    /// @throws UserError if the settings cannot be met, for instance a file that is missing
    public static Task task(Configuration configuration) {
        return create(configuration, Kind.TASK, configuration.task(), Components::task);
    }

    /// Makes the embedding.
    ///
    /// @throws UserError if the settings do not fit the shape
    public static Embedding embedding(Configuration configuration, ModelShape shape) {
        return create(configuration, Kind.EMBEDDING, configuration.embedding(),
                (factory, settings) -> embedding(factory, settings, shape));
    }

    /// Makes the position encoding: the one that was chosen, or all of a list, one after the other.
    ///
    /// @throws UserError if the settings do not fit the shape
    public static PositionEncoding position(Configuration configuration, ModelShape shape) {
        SequencedMap<String, PositionEncoding> parts = new LinkedHashMap<>();
        List<Choice<PositionEncodingFactory<?>>> choices = configuration.positions();
        for (Choice<PositionEncodingFactory<?>> choice : choices) {
            String path = Kind.POSITION.key() + (choices.size() == 1 ? "" : "[" + parts.size() + "]");
            parts.put(choice.factory().name(), create(configuration, Kind.POSITION, path, choice,
                    (factory, settings) -> position(factory, settings, shape)));
        }
        return parts.size() == 1 ? parts.firstEntry().getValue() : new Combined(parts);
    }

    /// Makes the loss.
    ///
    /// @throws UserError if the settings do not fit the shape
    public static Loss loss(Configuration configuration, ModelShape shape) {
        return create(configuration, Kind.LOSS, configuration.loss(),
                (factory, settings) -> loss(factory, settings, shape));
    }

    /// Makes the backend.
    ///
    /// @throws UserError if the device cannot be had with these settings
    public static Backend backend(Configuration configuration) {
        return create(configuration, Kind.BACKEND, configuration.backend(), Components::backend);
    }

    private static <F extends Factory<?>, T> T create(Configuration configuration, Kind<F> kind, Choice<F> choice,
            BiFunction<F, Record, T> creation) {
        return create(configuration, kind, kind.key(), choice, creation);
    }

    private static <F extends Factory<?>, T> T create(Configuration configuration, Kind<F> kind, String path,
            Choice<F> choice, BiFunction<F, Record, T> creation) {
        try {
            return creation.apply(choice.factory(), choice.settings());
        } catch (InvalidSettingException e) {
            throw refused(configuration, path, choice.settings(), e);
        } catch (LinkageError e) {
            throw new UserError("the " + kind.title() + " \"" + choice.factory().name() + "\" is broken: " + e
                    + "\n  build its jar again, with all that it needs in it", e);
        }
    }

    /// A factory may blame a setting of its own, a size of the model, or the choice of its component.
    ///
    /// @param path where the component stands in the configuration
    /// @param settings its own
    public static UserError refused(Configuration configuration, String path, Record settings,
            InvalidSettingException e) {
        Optional<Object> own = value(settings, e.setting());
        Optional<Object> size = value(configuration.model(), e.setting());
        boolean ofModel = own.isEmpty() && size.isPresent();
        return configuration.origins().refused(ofModel ? "model" : path, e, ofModel ? size : own);
    }

    private static Optional<Object> value(Record settings, String name) {
        return SettingField.of(settings.getClass()).stream().filter(field -> field.name().equals(name)).findFirst()
                .flatMap(field -> field.value(settings));
    }

    private static <C extends Record> Task task(TaskFactory<C> factory, Record settings) {
        return factory.create(of(factory, settings));
    }

    private static <C extends Record> Embedding embedding(EmbeddingFactory<C> factory, Record settings,
            ModelShape shape) {
        return factory.create(of(factory, settings), shape);
    }

    private static <C extends Record> PositionEncoding position(PositionEncodingFactory<C> factory, Record settings,
            ModelShape shape) {
        return factory.create(of(factory, settings), shape);
    }

    private static <C extends Record> Loss loss(LossFactory<C> factory, Record settings, ModelShape shape) {
        return factory.create(of(factory, settings), shape);
    }

    private static <C extends Record> Backend backend(BackendFactory<C> factory, Record settings) {
        return factory.create(of(factory, settings));
    }

    /// A choice holds settings of the class of its factory's defaults.
    @SuppressWarnings("unchecked")
    private static <C extends Record> C of(Factory<C> factory, Record settings) {
        return (C) factory.defaults().getClass().cast(settings);
    }
}
