package org.intarsia.api.backend;

/// A device that runs graphs. Made once per run by its factory; a backend that was named never falls back to another.
public interface Backend {

    /// Says what computes.
    DeviceInfo device();

    /// Opens an empty session. Sessions are independent; each is used by one thread at a time and closed by who opened
    /// it.
    Session open();
}
