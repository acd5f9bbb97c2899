package org.intarsia.backends.opencl;

import org.intarsia.api.backend.Backend;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.testkit.BackendConformance;
import org.junit.jupiter.api.Assumptions;

final class OpenClConformanceTest extends BackendConformance {

    private final OpenClBackend.Factory factory = new OpenClBackend.Factory();

    /// Without a device every check ends as skipped, with the reason.
    @Override
    protected Backend backend() {
        try {
            return factory.create(factory.defaults());
        } catch (InvalidSettingException missing) {
            return Assumptions.abort("not run: " + missing.getMessage());
        }
    }
}
