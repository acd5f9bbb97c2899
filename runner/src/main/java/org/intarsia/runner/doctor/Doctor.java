package org.intarsia.runner.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.backend.DeviceChoice;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.runner.error.UserError;

/// Tries backends.
public final class Doctor {

    /// Three steps on numbers around 1 leave single precision far closer than this.
    private static final double TOLERANCE = 1e-4;

    /// A driver that starts cold compiles for some seconds; one that hangs would wait for ever.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final double[] expected;
    private final Duration patience;

    /// @param expected what [Probe] should give
    /// @param patience how long a backend may take
    Doctor(double[] expected, Duration patience) {
        this.expected = expected;
        this.patience = patience;
    }

    /// Creates a doctor.
    ///
    /// @param reference makes the backend that is right by definition
    /// @throws UserError if it does not work
    public static <C extends Record> Doctor with(BackendFactory<C> reference) {
        try {
            return new Doctor(Probe.run(reference.create(reference.defaults())), PATIENCE);
        } catch (RuntimeException | LinkageError e) {
            throw new UserError("the backend " + reference.name() + ", with which others are compared, does not work: "
                    + e, e);
        }
    }

    /// Returns the devices of a backend; none if it fails to say, as [#examine] will, too.
    public <C extends Record> List<DeviceChoice<C>> devices(BackendFactory<C> factory) {
        return inTime(() -> {
            try {
                return factory.devices();
            } catch (RuntimeException | Error e) {
                return List.<DeviceChoice<C>>of();
            }
        }).orElse(List.of());
    }

    /// Tries a backend with these settings. Whatever it throws is a verdict, and so is that it does not come back: code from
    /// anywhere runs here, and below it drivers.
    public <C extends Record> Verdict examine(BackendFactory<C> factory, C settings) {
        return inTime(() -> tried(factory, settings)).orElseGet(
                () -> new Verdict.Fails(
                        "it was not done after " + patience.toMillis() / 1e3 + " s; its driver may hang"));
    }

    private <C extends Record> Verdict tried(BackendFactory<C> factory, C settings) {
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
        } catch (RuntimeException | Error e) {
            return new Verdict.Fails("it failed with an unexpected error: " + e);
        }
    }

    /// Returns what comes out, unless it takes too long. What hangs in a driver cannot be ended; it is left behind.
    private <T> Optional<T> inTime(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread.ofPlatform().daemon().name("doctor").start(task);
        try {
            return Optional.of(task.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
