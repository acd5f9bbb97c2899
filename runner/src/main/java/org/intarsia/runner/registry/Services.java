package org.intarsia.runner.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.intarsia.api.component.Factory;
import org.intarsia.runner.error.UserError;
import org.jspecify.annotations.Nullable;

/// The providers of one kind in one place: the class path or a plugin's jar.
final class Services<F extends Factory<?>> {

    private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final Kind<F> kind;
    private final String origin;
    private final ClassLoader loader;

    Services(Kind<F> kind, String origin, ClassLoader loader) {
        this.kind = kind;
        this.origin = origin;
        this.loader = loader;
    }

    List<Registered<F>> load() {
        List<Registered<F>> found = new ArrayList<>();
        Iterator<?> providers = ServiceLoader.load(kind.service(), loader).iterator();
        for (Optional<F> next = next(providers); next.isPresent(); next = next(providers)) {
            found.add(checked(next.get()));
        }
        return found;
    }

    private Optional<F> next(Iterator<?> providers) {
        try {
            return providers.hasNext() ? Optional.of(kind.cast(providers.next())) : Optional.empty();
        } catch (ServiceConfigurationError e) {
            String reason = String.valueOf(e.getMessage()).replace(kind.service().getName() + ": ", "")
                    .replace("Provider ", "");
            throw broken(reason + because(e.getCause()), e);
        } catch (LinkageError e) {
            throw broken("a provider (" + String.join(", ", named()) + ") cannot be loaded" + because(e), e);
        }
    }

    /// Asks a provider for everything that will be needed, so that a broken one is known before a run starts.
    private Registered<F> checked(F factory) {
        String type = factory.getClass().getName();
        try {
            @Nullable
            String name = factory.name();
            if (name == null || !KEBAB.matcher(name).matches()) {
                throw broken("class " + type + " calls itself \"" + name
                        + "\", but names are lower-case words with hyphens, such as \"distance-weighted\"", null);
            }
            @Nullable
            Record defaults = factory.defaults();
            if (defaults == null || factory.description() == null) {
                throw broken("class " + type + " returns null for its "
                        + (defaults == null ? "defaults" : "description"), null);
            }
            checkSettings(defaults.getClass());
            return new Registered<>(kind, name, factory, origin);
        } catch (LinkageError | RuntimeException e) {
            throw e instanceof UserError known ? known : broken("class " + type + " cannot be asked" + because(e), e);
        }
    }

    private void checkSettings(Class<? extends Record> settings) {
        for (SettingField field : SettingField.of(settings)) {
            if (!field.supported()) {
                throw broken("the setting " + field.name() + " of " + settings.getName() + " has the type "
                        + field.type().getName()
                        + "; settings are int, long, double, boolean, String, enums, and records of these", null);
            } else if (field.name().equals("name")) {
                throw broken("a setting of " + settings.getName()
                        + " is called name, which in configurations is the component's", null);
            } else if (field.type().isRecord()) {
                checkSettings(field.type().asSubclass(Record.class));
            }
        }
    }

    private UserError broken(String reason, @Nullable Throwable cause) {
        String message = (origin.equals(Registered.BUILT_IN) ? "the class path" : "the plugin " + origin)
                + " has a broken " + kind.title() + ": " + reason + "\n  it is named in " + Plugins.SERVICES
                + kind.service().getName() + "; correct it and build the jar again, or remove the jar";
        return cause == null ? new UserError(message) : new UserError(message, cause);
    }

    private static String because(@Nullable Throwable cause) {
        return cause == null ? "" : ": " + cause;
    }

    /// Reads the names of the providers again, for an error in which the Java runtime does not say whose it is.
    private Set<String> named() {
        Set<String> names = new TreeSet<>();
        try {
            for (URL file : Collections.list(loader.getResources(Plugins.SERVICES + kind.service().getName()))) {
                try (BufferedReader lines = new BufferedReader(
                        new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
                    lines.lines().map(line -> line.replaceFirst("#.*", "").strip()).filter(name -> !name.isEmpty())
                            .forEach(names::add);
                }
            }
        } catch (IOException e) {
            names.add(e.toString());
        }
        return names;
    }
}
