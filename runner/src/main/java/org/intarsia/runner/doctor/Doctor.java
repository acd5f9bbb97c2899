package org.intarsia.runner.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.backend.DeviceChoice;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.runner.error.UserError;

/// Tries backends.
public final class Doctor {

    /// Three steps on numbers around 1 leave single precision far closer than this.
    private static final double TOLERANCE = 1e-4;

    private final double[] expected;

    /// @param expected what [Probe] should give
    Doctor(double[] expected) {
        this.expected = expected;
    }

    /// Creates a doctor.
    ///
    /// @param reference makes the backend that is right by definition
    /// @throws UserError if it does not work
    public static <C extends Record> Doctor with(BackendFactory<C> reference) {
        try {
            return new Doctor(Probe.run(reference.create(reference.defaults())));
        } catch (RuntimeException | LinkageError e) {
            throw new UserError("the backend " + reference.name() + ", with which others are compared, does not work: "
                    + e, e);
        }
    }

    /// Returns the devices of a backend; none if it fails to say, as [#examine] will, too.
    public static <C extends Record> List<DeviceChoice<C>> devices(BackendFactory<C> factory) {
        try {
            return factory.devices();
        } catch (RuntimeException | LinkageError e) {
            return List.of();
        }
    }

    /// Tries a backend with these settings. Whatever it throws is a verdict: code from anywhere runs here, and below it
    /// drivers.
    public <C extends Record> Verdict examine(BackendFactory<C> factory, C settings) {
        long begin = System.nanoTime();
        try {
            Backend backend = factory.create(settings);
            double[] given = Probe.run(backend);
            Duration time = Duration.ofNanos(System.nanoTime() - begin);
            for (int i = 0; i < expected.length; i++) {
                if (!(Math.abs(given[i] - expected[i]) <= TOLERANCE * (1 + Math.abs(expected[i])))) {
                    return new Verdict.Fails(String.format(Locale.ROOT,
                            "it computes something else than the reference: %.6g instead of %.6g", given[i],
                            expected[i]));
                }
            }
            return new Verdict.Works(backend.device(), time);
        } catch (InvalidSettingException e) {
            return new Verdict.Fails(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            return new Verdict.Fails("it failed with an unexpected error: " + e);
        }
    }
}
