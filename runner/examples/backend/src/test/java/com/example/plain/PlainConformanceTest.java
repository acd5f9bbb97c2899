package com.example.plain;

import org.intarsia.api.backend.Backend;
import org.intarsia.testkit.BackendConformance;

class PlainConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return new PlainBackend().create(new PlainBackend.Config());
    }
}
