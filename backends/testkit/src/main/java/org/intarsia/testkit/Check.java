package org.intarsia.testkit;

import java.util.function.Consumer;
import org.intarsia.api.backend.Backend;

/// Something that holds for every backend.
///
/// @param name the rule
/// @param body throws an [AssertionError] if the rule does not hold
record Check(String name, Consumer<Backend> body) {}
