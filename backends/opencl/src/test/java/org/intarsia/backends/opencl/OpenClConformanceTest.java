package org.intarsia.backends.opencl;

import org.intarsia.api.backend.Backend;
import org.intarsia.testkit.BackendConformance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// At the same time, since nearly all of it is the driver's compiling, and since runs train side by side, too.
@Execution(ExecutionMode.CONCURRENT)
final class OpenClConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        Device device = AnyDevice.find();
        return new OpenClBackend(device, device.lanes());
    }
}
