package org.intarsia.runner.config;

import org.intarsia.api.component.Factory;

/// A component that was selected by name, with its complete settings.
///
/// @param factory who makes it
/// @param settings of the type of the factory's defaults
public record Choice<F extends Factory<?>>(F factory, Record settings) {}
