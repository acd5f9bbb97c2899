package org.intarsia.backends.cpu;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.intarsia.backends.cpu.kernel.Kernel;
import org.intarsia.backends.cpu.kernel.Scratch;
import org.jspecify.annotations.Nullable;

/// Runs kernels on one or more threads. The units of a large kernel are divided evenly and in order; which thread does
/// which unit changes no result. Helpers wait by spinning for a moment, then park.
final class Threads {

    /// Kernels of less work than this stay on the caller's thread: waking a helper costs more.
    private static final long WORTH_SHARING = 6_000;
    private static final int SPINS = 2_000;

    private final Scratch own = new Scratch();
    private final Helper[] helpers;
    private boolean closed;

    Threads(int count) {
        helpers = new Helper[count - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper(i + 1, count);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    /// Returns whether the helpers take part in a kernel.
    boolean shares(Kernel kernel) {
        return helpers.length > 0 && kernel.units() > 1 && kernel.cost() >= WORTH_SHARING;
    }

    /// Runs a kernel and returns when all of it is done. If several threads fail, the failure of the first units is thrown.
    void run(Kernel kernel) {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
        int units = kernel.units();
        if (!shares(kernel)) {
            kernel.run(0, units, own);
            return;
        }
        for (Helper helper : helpers) {
            helper.start(kernel);
        }
        try {
            kernel.run(0, units / (helpers.length + 1), own);
        } finally {
            for (Helper helper : helpers) {
                helper.await();
            }
        }
        for (Helper helper : helpers) {
            helper.rethrow();
        }
    }

    /// Returns the threads that help the caller's.
    List<Thread> helpers() {
        return List.of(helpers);
    }

    /// Ends the helpers.
    void close() {
        closed = true;
        for (Helper helper : helpers) {
            helper.end();
        }
    }

    private static final class Helper extends Thread {

        private final Scratch scratch = new Scratch();
        private final int place;
        private final int count;
        private volatile @Nullable Kernel task;
        private volatile boolean ended;
        private volatile @Nullable Throwable failure;

        Helper(int place, int count) {
            super("intarsia-cpu-" + place);
            this.place = place;
            this.count = count;
        }

        void start(Kernel kernel) {
            failure = null;
            task = kernel;
            LockSupport.unpark(this);
        }

        void await() {
            int spins = 0;
            while (task != null) {
                if (++spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(this, 10_000);
                }
            }
        }

        void rethrow() {
            switch (failure) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> {}
            }
        }

        void end() {
            ended = true;
            LockSupport.unpark(this);
        }

        @Override
        public void run() {
            int spins = 0;
            while (!ended) {
                Kernel kernel = task;
                if (kernel == null) {
                    if (++spins < SPINS) {
                        Thread.onSpinWait();
                    } else {
                        LockSupport.park(this);
                    }
                    continue;
                }
                spins = 0;
                try {
                    int units = kernel.units();
                    kernel.run((int) ((long) units * place / count), (int) ((long) units * (place + 1) / count),
                            scratch);
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    task = null;
                }
            }
        }
    }
}
