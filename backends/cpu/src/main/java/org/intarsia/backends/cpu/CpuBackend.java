package org.intarsia.backends.cpu;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.Setting;
import org.intarsia.backends.cpu.kernel.Vectors;

/// The default backend: single precision on the processor's vectors, planned once, without allocation per step.
public final class CpuBackend implements Backend {

    private final Config config;

    /// The settings of the backend.
    public record Config(@Setting("threads that share the work of a run; they do not change results") int threads) {

        /// Checks the number of threads.
        public Config {
            check(threads >= 1 && threads <= 256, "threads", "must be from 1 to 256, not " + threads);
        }
    }

    /// Makes the backend.
    public static final class Factory implements BackendFactory<Config> {

        @Override
        public String name() {
            return "cpu";
        }

        @Override
        public String description() {
            return "Single precision on the processor's vectors, fused and planned: the default.";
        }

        @Override
        public Config defaults() {
            return new Config(1);
        }

        @Override
        public Backend create(Config config) {
            return new CpuBackend(config);
        }
    }

    private CpuBackend(Config config) {
        this.config = config;
    }

    @Override
    public DeviceInfo device() {
        return new DeviceInfo(Vectors.bits() + "-bit vectors on " + System.getProperty("os.arch"),
                DeviceInfo.Precision.SINGLE, config.threads());
    }

    @Override
    public Session open() {
        return new CpuSession(config.threads());
    }
}
