package org.intarsia.runner.bench;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// What this machine can do at best, measured: the floor under every training step.
///
/// @param threads how many threads took part
/// @param bits the width of a vector
/// @param gigaflops 10⁹ operations a second in fused multiply-adds of single precision, each two operations, that touch
///     nothing but registers
/// @param gigabytes 10⁹ bytes a second, read and written, of a copy of [#COPIED] bytes
public record Machine(int threads, int bits, double gigaflops, double gigabytes) {

    /// How many bytes are copied: more than caches hold.
    public static final int COPIED = 1 << 26;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /// With the two factors they fill the sixteen registers that most machines have; eight would hide the latency.
    private static final int ACCUMULATORS = 14;
    private static final int REPEATS = 10_000;
    private static final long RUN = 20_000_000;
    private static final int MULTIPLY_ADD_RUNS = 40;
    private static final int COPY_RUNS = 8;

    /// Measures this machine, in about a second. The best of several short runs counts, since whatever disturbs one makes
    /// it slower.
    ///
    /// @param threads how many work at a time
    public static Machine measure(int threads) {
        float[] from = new float[COPIED / Float.BYTES];
        float[] to = new float[from.length];
        int part = from.length / threads;
        List<Callable<Double>> copies = IntStream.range(0, threads)
                .<Callable<Double>>mapToObj(thread -> () -> copied(from, to, thread * part, part)).toList();
        List<Callable<Double>> sums = IntStream.range(0, threads)
                .<Callable<Double>>mapToObj(_ -> Machine::multipliedAndAdded).toList();
        return new Machine(threads, SPECIES.vectorBitSize(), best(MULTIPLY_ADD_RUNS, sums), best(COPY_RUNS, copies));
    }

    /// Returns the greatest sum of rates of tasks that run at the same time, each on a thread of its own.
    private static double best(int runs, List<Callable<Double>> tasks) {
        double best = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            for (int run = 0; run < runs; run++) {
                double sum = 0;
                for (Future<Double> rate : threads.invokeAll(tasks)) {
                    sum += rate.get();
                }
                best = Math.max(best, sum);
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the machine could not be measured", e);
        }
        return best;
    }

    private static double copied(float[] from, float[] to, int start, int count) {
        long begin = System.nanoTime();
        System.arraycopy(from, start, to, start, count);
        return 2.0 * Float.BYTES * count / (System.nanoTime() - begin);
    }

    private static double multipliedAndAdded() {
        long calls = 0;
        long begin = System.nanoTime();
        long now = begin;
        while (now - begin < RUN) {
            float sum = multiplyAdd(REPEATS, 0.5f, 1);
            if (sum != 2f * ACCUMULATORS * SPECIES.length()) {
                throw new IllegalStateException("x = x/2 + 1 does not end at 2, but at a sum of " + sum);
            }
            calls++;
            now = System.nanoTime();
        }
        return 2.0 * ACCUMULATORS * SPECIES.length() * REPEATS * calls / (now - begin);
    }

    /// Repeats x = factor·x + summand in each lane of each accumulator, and adds them all up. Each starts elsewhere, or the
    /// compiler would see that they are one, and none is asked itself, as it may not know their class.
    private static float multiplyAdd(int repeats, float factor, float summand) {
        FloatVector f = FloatVector.broadcast(SPECIES, factor);
        FloatVector s = FloatVector.broadcast(SPECIES, summand);
        FloatVector a = FloatVector.broadcast(SPECIES, 1);
        FloatVector b = FloatVector.broadcast(SPECIES, 2);
        FloatVector c = FloatVector.broadcast(SPECIES, 3);
        FloatVector d = FloatVector.broadcast(SPECIES, 4);
        FloatVector e = FloatVector.broadcast(SPECIES, 5);
        FloatVector g = FloatVector.broadcast(SPECIES, 6);
        FloatVector h = FloatVector.broadcast(SPECIES, 7);
        FloatVector i = FloatVector.broadcast(SPECIES, 8);
        FloatVector j = FloatVector.broadcast(SPECIES, 9);
        FloatVector k = FloatVector.broadcast(SPECIES, 10);
        FloatVector l = FloatVector.broadcast(SPECIES, 11);
        FloatVector m = FloatVector.broadcast(SPECIES, 12);
        FloatVector n = FloatVector.broadcast(SPECIES, 13);
        FloatVector o = FloatVector.broadcast(SPECIES, 14);
        for (int repeat = 0; repeat < repeats; repeat++) {
            a = f.fma(a, s);
            b = f.fma(b, s);
            c = f.fma(c, s);
            d = f.fma(d, s);
            e = f.fma(e, s);
            g = f.fma(g, s);
            h = f.fma(h, s);
            i = f.fma(i, s);
            j = f.fma(j, s);
            k = f.fma(k, s);
            l = f.fma(l, s);
            m = f.fma(m, s);
            n = f.fma(n, s);
            o = f.fma(o, s);
        }
        return FloatVector.zero(SPECIES).add(a).add(b).add(c).add(d).add(e).add(g).add(h).add(i).add(j).add(k).add(l)
                .add(m).add(n).add(o)
                .reduceLanes(VectorOperators.ADD);
    }
}
