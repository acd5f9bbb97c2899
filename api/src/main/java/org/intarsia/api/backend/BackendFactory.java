package org.intarsia.api.backend;

import org.intarsia.api.component.Factory;

/// Makes a backend: the service that a jar with a backend provides.
///
/// @param <C> its settings
public interface BackendFactory<C extends Record> extends Factory<C> {

    /// Makes the backend.
    ///
    /// @throws org.intarsia.api.component.InvalidSettingException if the device cannot be had with these settings
    Backend create(C config);
}
