package org.intarsia.testkit;

import org.intarsia.api.backend.Backend;
import org.intarsia.backends.reference.ReferenceBackend;

class ReferenceBackendConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return new ReferenceBackend();
    }
}
