package org.intarsia.runner.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intarsia.api.component.Factory;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.Registry;

/// Makes a configuration of the defaults, a file, and assignments that replace what the file says.
///
/// ```json
/// {
///   "task": {"name": "recurrences", "length": 8},
///   "embedding": "learned",            // a component is a name, or an object with its name and settings
///   "position": {"name": "rope", "base": 500},  // or a list of several that act together
///   "loss": "cross-entropy",
///   "model": {"layers": 2, "heads": 2, "width": 8, "feedForward": 32},
/// }
/// ```
///
/// The components' defaults are their factories', the sections' are in their records; the task, the embedding, the
/// position encoding and the loss have none, since they are what a run is about.
public final class ConfigurationReader {

    /// The name of the backend of a configuration that names none.
    public static final String DEFAULT_BACKEND = "cpu";

    private static final List<String> KNOWN = List.of("seed", "task", "embedding", "position", "loss", "backend",
            "model", "optimizer", "training", "sampling");
    private static final Json.Numeral DEFAULT_SEED = new Json.Numeral("1", new Origin("by default"));
    private static final Json.Text UNNAMED_BACKEND = new Json.Text(DEFAULT_BACKEND, new Origin("by default"));

    private final Registry registry;

    /// Creates a reader.
    ///
    /// @param registry where components are looked up
    public ConfigurationReader(Registry registry) {
        this.registry = registry;
    }

    /// Reads a file.
    ///
    /// @throws UserError if the file or an assignment is not right
    public Configuration read(Path file, List<Assignment> assignments) {
        return read(JsonReader.read(file), file.toString(), assignments);
    }

    /// Reads a document.
    ///
    /// @param name what errors call the document where they cannot say more
    /// @throws UserError if the document or an assignment is not right
    public Configuration read(Json.Fields document, String name, List<Assignment> assignments) {
        Json.Fields complete = Assignment.apply(document, assignments);
        complete.fields().forEach((key, field) -> {
            if (!KNOWN.contains(key)) {
                throw Binder.unknown(field.origin(), key, "a configuration has no part \"" + key + "\"", key, KNOWN,
                        "");
            }
        });
        Reading reading = new Reading(complete, Origins.of(complete, name));
        return new Configuration(reading.seed(), reading.choice(Kind.TASK), reading.choice(Kind.EMBEDDING),
                reading.choices(Kind.POSITION), reading.choice(Kind.LOSS), reading.choice(Kind.BACKEND),
                reading.section("model", ModelSettings.DEFAULTS),
                reading.section("optimizer", OptimizerSettings.DEFAULTS),
                reading.section("training", TrainingSettings.DEFAULTS),
                reading.section("sampling", SamplingSettings.DEFAULTS), reading.origins);
    }

    /// One document that is being read.
    private final class Reading {

        private final Json.Fields document;
        private final Origins origins;

        Reading(Json.Fields document, Origins origins) {
            this.document = document;
            this.origins = origins;
        }

        long seed() {
            return switch (given("seed", DEFAULT_SEED)) {
                case Json.Numeral number -> Binder.whole(number, Long.MIN_VALUE, Long.MAX_VALUE, "seed");
                case Json other -> throw Binder.mustBe("a whole number", other, "seed");
            };
        }

        <R extends Record> R section(String key, R defaults) {
            Json value = given(key, new Json.Fields(Map.of(), origins.place(key)));
            if (!(value instanceof Json.Fields object)) {
                throw Binder.mustBe("an object", value, key);
            }
            @SuppressWarnings("unchecked") // the binder makes a record of the class of the defaults
            Class<R> type = (Class<R>) defaults.getClass();
            return type.cast(new Binder("\"" + key + "\"", "", origins).bind(object, defaults, key));
        }

        <F extends Factory<?>> Choice<F> choice(Kind<F> kind) {
            return choice(kind, given(kind), kind.key());
        }

        /// Returns what acts together: one component, or a list of different ones.
        <F extends Factory<?>> List<Choice<F>> choices(Kind<F> kind) {
            if (!(given(kind) instanceof Json.Items list)) {
                return List.of(choice(kind));
            }
            List<Choice<F>> choices = new ArrayList<>();
            for (Json item : list.items()) {
                String path = kind.key() + "[" + choices.size() + "]";
                Choice<F> choice = choice(kind, item, path);
                if (choices.stream().anyMatch(before -> before.factory().equals(choice.factory()))) {
                    throw new UserError(item.origin().says(path + ": the " + kind.title() + " \""
                            + choice.factory().name() + "\" stands there twice; remove one of the two"));
                }
                choices.add(choice);
            }
            if (choices.isEmpty()) {
                throw new UserError(list.origin().says(kind.key() + ": must name at least one " + kind.title()
                        + "\n  known: " + String.join(", ", registry.names(kind))));
            }
            return choices;
        }

        private <F extends Factory<?>> Choice<F> choice(Kind<F> kind, Json given, String path) {
            Json.Fields object = switch (given) {
                case Json.Fields fields -> fields;
                case Json.Text name -> new Json.Fields(Map.of("name", new Json.Field(name, name.origin())),
                        name.origin());
                case Json other ->
                    throw Binder.mustBe("the name of " + kind.oneOf() + ", or an object with its name and settings",
                            other, path);
            };
            Json.Text name = name(object, kind, path);
            F factory = find(kind, name, path);
            Json.Fields settings = object.without("name");
            Binder binder = new Binder("the " + kind.title() + " \"" + name.text() + "\"",
                    "\n  \"intarsia components " + kind.key() + "\" describes them", origins);
            return new Choice<>(factory, binder.bind(settings, factory.defaults(), path));
        }

        private Json given(Kind<?> kind) {
            if (kind == Kind.BACKEND) {
                return given(kind.key(), UNNAMED_BACKEND);
            }
            Json.Field field = document.fields().get(kind.key());
            if (field == null) {
                throw new UserError(origins.place(kind.key()).says(kind.key() + ": must be given: \"" + kind.key()
                        + "\": and the name of " + kind.oneOf() + "\n  known: "
                        + String.join(", ", registry.names(kind))));
            }
            return field.value();
        }

        private Json given(String key, Json normal) {
            Json.Field field = document.fields().get(key);
            return field == null ? normal : field.value();
        }

        private Json.Text name(Json.Fields object, Kind<?> kind, String owner) {
            String path = owner + ".name";
            Json.Field field = object.fields().get("name");
            if (field == null && kind == Kind.BACKEND) {
                return UNNAMED_BACKEND;
            } else if (field == null) {
                throw new UserError(object.origin().says(path + ": must be given: the name of " + kind.oneOf()
                        + "\n  known: " + String.join(", ", registry.names(kind))));
            } else if (field.value() instanceof Json.Text name) {
                return name;
            }
            throw Binder.mustBe("the name of " + kind.oneOf(), field.value(), path);
        }

        private <F extends Factory<?>> F find(Kind<F> kind, Json.Text name, String path) {
            try {
                return registry.find(kind, name.text());
            } catch (UserError e) {
                throw new UserError(name.origin().says(path + ": " + e.getMessage()), e);
            }
        }
    }
}
