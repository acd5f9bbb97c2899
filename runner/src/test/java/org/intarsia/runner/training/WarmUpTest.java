package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class WarmUpTest {

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().equals(WarmUp.THREAD)).toList();
    }

    @Test
    void runsUntilItIsToldToEnd() throws InterruptedException {
        WarmUp warmUp = WarmUp.start(SmallRun.configuration());

        List<Thread> running = threads();
        assertThat(running).hasSize(Runtime.getRuntime().availableProcessors() > 1 ? 1 : 0).allMatch(Thread::isDaemon);
        for (Thread thread : running) {
            thread.join(2_000);
            assertThat(thread.isAlive()).as("it goes on by itself").isTrue();
            warmUp.end();
            thread.join();
        }
        assertThat(threads()).isEmpty();
    }

    @Test
    void printsNothingWhateverTheBackendIsToldTo() throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            WarmUp warmUp = WarmUp.start(SmallRun.configuration("backend.trace=true"));
            for (Thread thread : threads()) {
                thread.join(2_000);
                warmUp.end();
                thread.join();
            }
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
