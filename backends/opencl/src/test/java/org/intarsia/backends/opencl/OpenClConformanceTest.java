package org.intarsia.backends.opencl;

import org.intarsia.api.backend.Backend;
import org.intarsia.testkit.BackendConformance;

final class OpenClConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        Device device = AnyDevice.find();
        return new OpenClBackend(device, device.lanes());
    }
}
