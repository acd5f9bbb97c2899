package org.intarsia.runner.registry;

import org.intarsia.api.component.Factory;

/// A component that can be selected.
///
/// @param name its name, unique in its kind
/// @param origin where it was found: `built-in`, or the path of the plugin's jar
public record Registered<F extends Factory<?>>(Kind<F> kind, String name, F factory, String origin) {

    /// The origin of what is on the class path.
    static final String BUILT_IN = "built-in";

    /// Returns the origin with the class: enough to find it.
    String source() {
        return origin + ", class " + factory.getClass().getName();
    }
}
