package org.intarsia.api.backend;

import java.util.List;

/// A device of this machine that can be chosen.
///
/// @param name what people call it, such as `Radeon RX 6600`
/// @param facts what they want to know before they choose it, a few words each: `GPU`, `28 compute units`, `8.0 GiB`
/// @param settings those with which the factory makes a backend on it
public record DeviceChoice<C extends Record>(String name, List<String> facts, C settings) {

    /// Copies the list.
    public DeviceChoice {
        facts = List.copyOf(facts);
    }
}
