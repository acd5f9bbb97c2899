package org.intarsia.backends.reference;

import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.api.backend.Session;

/// Computes in double precision, op by op, with naive loops on one thread.
public final class ReferenceBackend implements Backend {

    private final Trace trace;

    /// Creates a backend that computes and says nothing.
    public ReferenceBackend() {
        this(Trace.none());
    }

    /// Creates a backend that tells every value of every run.
    public ReferenceBackend(Trace trace) {
        this.trace = trace;
    }

    @Override
    public DeviceInfo device() {
        return new DeviceInfo("naive loops", DeviceInfo.Precision.DOUBLE, 1);
    }

    @Override
    public Session open() {
        return new ReferenceSession(trace);
    }
}
