package org.intarsia.backends.nd4j;

import org.intarsia.api.backend.Backend;
import org.intarsia.testkit.BackendConformance;

class Nd4jConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return new Nd4jBackendFactory().create(new Nd4jBackendFactory.Config(1));
    }
}
