package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;

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
}
