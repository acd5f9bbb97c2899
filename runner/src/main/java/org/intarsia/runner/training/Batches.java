package org.intarsia.runner.training;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.random.RandomGenerator;
import org.intarsia.api.data.Seed;

/// The batches of a run, made ahead on a thread of their own in a few buffers that go round. Batch i depends on the seed
/// and on i only.
final class Batches implements AutoCloseable {

    private static final int AHEAD = 4;

    private final Batch.Form form;
    private final Seed seed;
    private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(AHEAD);
    private final BlockingQueue<Made> made = new ArrayBlockingQueue<>(AHEAD + 1);
    private final Thread maker;

    /// What the other thread hands over: a batch, or why there is none.
    private sealed interface Made {

        record Ready(Batch batch) implements Made {}

        record Failed(Throwable cause) implements Made {}
    }

    /// Starts making the batches `first`, `first + 1`, …
    Batches(Batch.Form form, Seed seed, long first) {
        this.form = form;
        this.seed = seed;
        for (int i = 0; i < AHEAD; i++) {
            free.add(new Batch(form));
        }
        maker = Thread.ofPlatform().daemon().name("batches").start(() -> make(first));
    }

    /// Writes batch `index`.
    private void fill(Batch batch, long index) {
        RandomGenerator random = seed.at(index).generator();
        for (int row = 0; row < batch.rows(); row++) {
            batch.set(row, form.task().draw(random));
        }
        batch.drawPositions(seed.at(index).stream("positions").generator());
    }

    /// Returns the next batch; it belongs to the caller until it is given back.
    ///
    /// @throws IllegalStateException if the task failed to make it
    Batch take() throws InterruptedException {
        return switch (made.take()) {
            case Made.Ready(Batch batch) -> batch;
            case Made.Failed(Throwable cause) ->
                throw new IllegalStateException("the task failed to draw a sequence: " + cause.getMessage(), cause);
        };
    }

    /// Gives a batch back to be written again.
    void giveBack(Batch batch) {
        free.add(batch);
    }

    private void make(long first) {
        try {
            for (long index = first;; index++) {
                Batch batch = free.take();
                fill(batch, index);
                made.put(new Made.Ready(batch));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            made.add(new Made.Failed(e));
        }
    }

    /// Stops making batches; the other thread ends after the sequence that it is drawing.
    @Override
    public void close() {
        maker.interrupt();
    }
}
