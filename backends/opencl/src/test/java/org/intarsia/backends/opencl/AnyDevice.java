package org.intarsia.backends.opencl;

import org.intarsia.api.component.InvalidSettingException;
import org.junit.jupiter.api.Assumptions;

/// A device to test with.
final class AnyDevice {

    private AnyDevice() {}

    /// Returns the device that a user gets who names none. Without one the test ends as skipped, with the reason.
    static Device find() {
        try {
            return Devices.here().choose("");
        } catch (InvalidSettingException missing) {
            return Assumptions.abort("not run: " + missing.getMessage());
        }
    }
}
