package org.intarsia.backends.nd4j;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.component.Setting;

/// The backend `nd4j`. It knows nothing of ND4J: only a backend that is made loads it.
public final class Nd4jBackendFactory implements BackendFactory<Nd4jBackendFactory.Config> {

    /// The settings of the backend.
    public record Config(
            @Setting("threads of ND4J's loops, but not of its BLAS; they do not change results") int threads) {

        /// Checks the number of threads.
        public Config {
            check(threads >= 1 && threads <= 256, "threads", "must be from 1 to 256, not " + threads);
        }
    }

    /// Creates the factory.
    public Nd4jBackendFactory() {}

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public String description() {
        return "Single precision on ND4J's native operations, planned, op by op.";
    }

    @Override
    public Config defaults() {
        return new Config(1);
    }

    @Override
    public Backend create(Config config) {
        return Isolated.engine().apply(config.threads());
    }
}
