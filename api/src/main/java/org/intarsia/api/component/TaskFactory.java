package org.intarsia.api.component;

/// Makes a task: the service that a jar with a task provides.
///
/// @param <C> its settings
public interface TaskFactory<C extends Record> extends Factory<C> {

    /// Makes the task.
    ///
    /// @throws InvalidSettingException if the settings cannot be met, for instance a file that is missing
    Task create(C config);
}
