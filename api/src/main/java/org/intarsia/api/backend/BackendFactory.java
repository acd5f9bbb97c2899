package org.intarsia.api.backend;

import java.util.List;
import org.intarsia.api.component.Factory;

/// Makes a backend: the service that a jar with a backend provides.
///
/// @param <C> its settings
public interface BackendFactory<C extends Record> extends Factory<C> {

    /// Makes the backend.
    ///
    /// @throws org.intarsia.api.component.InvalidSettingException if the device cannot be had with these settings
    Backend create(C config);

    /// Lists the devices that can be chosen on this machine, for people: first the one that the default settings take. What
    /// is there but does not work is listed too, and [#create] says what is wrong with it. A backend without such a choice
    /// has no list. Nothing is computed to find out, and nothing is thrown: where there is no device, again [#create] says
    /// why, and how to get one.
    default List<DeviceChoice<C>> devices() {
        return List.of();
    }
}
