package org.intarsia.backends.opencl;

import org.intarsia.api.backend.Backend;
import org.intarsia.testkit.BackendConformance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The whole kit once more with work-groups whose items share rows and tiles, as on GPUs.
@Execution(ExecutionMode.CONCURRENT)
final class SharedRowsConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return new OpenClBackend(AnyDevice.find(), 64);
    }
}
