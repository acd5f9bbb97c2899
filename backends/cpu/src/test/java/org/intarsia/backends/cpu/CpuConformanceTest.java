package org.intarsia.backends.cpu;

import org.intarsia.api.backend.Backend;
import org.intarsia.testkit.BackendConformance;

class CpuConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return new CpuBackend.Factory().create(new CpuBackend.Config(1));
    }
}
