package org.intarsia.backends.opencl;

import org.intarsia.api.backend.Backend;
import org.intarsia.testkit.BackendConformance;

final class OpenClConformanceTest extends BackendConformance {

    private final OpenClBackend.Factory factory = new OpenClBackend.Factory();

    @Override
    protected Backend backend() {
        return factory.create(factory.defaults());
    }
}
