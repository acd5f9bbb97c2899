package org.intarsia.backends.opencl;

import org.intarsia.api.backend.Backend;
import org.intarsia.testkit.BackendConformance;

final class OpenClConformanceTest extends BackendConformance {

    /// How many work-items share a row: what suits the device, unless this property says otherwise. With 64 a processor
    /// computes as GPUs do, but PoCL compiles several times as long.
    private static final String LANES = "intarsia.opencl.lanes";

    @Override
    protected Backend backend() {
        Device device = AnyDevice.find();
        return new OpenClBackend(device, Integer.getInteger(LANES, device.lanes()));
    }
}
