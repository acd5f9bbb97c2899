package org.intarsia.runner.doctor;

import java.time.Duration;
import org.intarsia.api.backend.DeviceInfo;

/// What came of trying a backend.
public sealed interface Verdict {

    /// It computes what it should.
    ///
    /// @param time how long all of it took: making the backend, compiling, running
    record Works(DeviceInfo device, Duration time) implements Verdict {}

    /// It does not.
    ///
    /// @param reason why, and perhaps in further lines how to help it
    record Fails(String reason) implements Verdict {}
}
