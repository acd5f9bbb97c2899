package org.intarsia.backends.reference;

import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.component.Setting;

/// The backend `reference`: the definition of every op, for checks and for looking into a run.
public final class ReferenceBackendFactory implements BackendFactory<ReferenceBackendFactory.Config> {

    /// The settings of the reference backend.
    ///
    /// @param trace whether every value of every run is printed
    public record Config(
            @Setting("whether every value of every run is printed to standard error, a line for each node") boolean trace) {}

    /// Creates the factory.
    public ReferenceBackendFactory() {}

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String description() {
        return "Double precision and naive loops: the definition of every op, and the debugger.";
    }

    @Override
    public Config defaults() {
        return new Config(false);
    }

    @Override
    public Backend create(Config config) {
        return new ReferenceBackend(config.trace() ? Trace.to(System.err) : Trace.none());
    }
}
