package org.intarsia.runner.training;

import java.util.concurrent.CountDownLatch;

/// The signal of Ctrl-C, or of whoever ends the process kindly: the process stays alive until this is closed, so that
/// runs can save themselves.
public final class ShutdownSignal implements StopSignal, AutoCloseable {

    private final CountDownLatch saved = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    /// Starts to listen.
    public ShutdownSignal() {
        hook = new Thread(this::shutDown, "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void shutDown() {
        requested = true;
        try {
            saved.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean requested() {
        return requested;
    }

    /// Lets the process end, or stops listening if nobody has asked.
    @Override
    public void close() {
        saved.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // The process began to end just now; the hook finds nothing to wait for.
                return;
            }
        }
    }
}
