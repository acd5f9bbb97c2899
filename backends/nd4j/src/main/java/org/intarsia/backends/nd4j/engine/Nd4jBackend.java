package org.intarsia.backends.nd4j.engine;

import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.api.backend.Session;

/// Single precision on ND4J's native operations.
record Nd4jBackend(Engine engine, int threads, String name) implements Backend {

    @Override
    public DeviceInfo device() {
        return new DeviceInfo(name, DeviceInfo.Precision.SINGLE, threads);
    }

    @Override
    public Session open() {
        return new Nd4jSession(engine, threads);
    }
}
