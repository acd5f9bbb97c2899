package org.intarsia.runner.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.backend.DeviceChoice;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.backends.reference.ReferenceBackend;
import org.intarsia.backends.reference.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DoctorTest {

    private static final Backend REFERENCE = new ReferenceBackend(Trace.none());

    private final Doctor doctor = Doctor.with(new Ward(() -> REFERENCE));

    private record None() {}

    /// Makes whatever it is told to.
    private record Ward(Supplier<Backend> backend) implements BackendFactory<None> {

        @Override
        public String name() {
            return "ward";
        }

        @Override
        public String description() {
            return "For tests.";
        }

        @Override
        public None defaults() {
            return new None();
        }

        @Override
        public Backend create(None config) {
            return backend.get();
        }

        @Override
        public List<DeviceChoice<None>> devices() {
            throw new UnsupportedOperationException();
        }
    }

    private Verdict examine(Supplier<Backend> backend) {
        return doctor.examine(new Ward(backend), new None());
    }

    private Verdict examine(RuntimeException thrown) {
        return examine(() -> {
            throw thrown;
        });
    }

    @Test
    void aBackendWorksThatComputesWhatTheReferenceDoes() {
        assertThat(examine(() -> REFERENCE)).isInstanceOfSatisfying(Verdict.Works.class,
                works -> assertThat(works.device()).isEqualTo(REFERENCE.device()));
    }

    @Test
    void aBackendFailsThatComputesSomethingElse() {
        double[] expected = Probe.run(REFERENCE);
        expected[2] += 0.01;

        Verdict verdict = new Doctor(expected, Duration.ofMinutes(1)).examine(new Ward(() -> REFERENCE), new None());

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Fails.class, fails -> assertThat(fails.reason())
                .matches("it computes something else than the reference: [0-9.]+ instead of [0-9.]+"));
    }

    @Test
    void whatAFactorySaysIsTheReason() {
        assertThat(examine(new InvalidSettingException("device", "is in use\n  wait")))
                .isEqualTo(new Verdict.Fails("is in use\n  wait"));
    }

    @Test
    void whateverElseIsThrownIsAReasonToo() {
        assertThat(examine(new IllegalStateException("no wires"))).isEqualTo(new Verdict.Fails(
                "it failed with an unexpected error: java.lang.IllegalStateException: no wires"));
        assertThat(examine(() -> {
            throw new UnsatisfiedLinkError("no library");
        })).isEqualTo(new Verdict.Fails(
                "it failed with an unexpected error: java.lang.UnsatisfiedLinkError: no library"));
    }

    @Test
    @Timeout(30)
    void aBackendFailsThatDoesNotComeBack() {
        CountDownLatch never = new CountDownLatch(1);
        Doctor impatient = new Doctor(Probe.run(REFERENCE), Duration.ofMillis(50));

        Verdict verdict = impatient.examine(new Ward(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return REFERENCE;
        }), new None());

        assertThat(verdict).isEqualTo(new Verdict.Fails("it was not done after 0.05 s; its driver may hang"));
        never.countDown();
    }

    @Test
    void aFactoryThatCannotListItsDevicesHasNone() {
        assertThat(doctor.devices(new Ward(() -> REFERENCE))).isEmpty();
    }
}
