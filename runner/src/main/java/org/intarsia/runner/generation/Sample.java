package org.intarsia.runner.generation;

import java.util.Optional;
import org.intarsia.api.component.Task;

/// What a model made of a prompt.
///
/// @param prompt as a person reads it
/// @param continuation as a person reads it, without the stop token
/// @param origin where the whole stands in the data, if the task knows
public record Sample(String prompt, String continuation, Optional<Task.Origin> origin) {}
