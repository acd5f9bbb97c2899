package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.api.graph.Axis;

/// The buffers of some kernels in one array, none aligned, with sentinels before, between and after. Everything is NaN
/// until it is filled: a result that uses padding or a neighbour, or that no unit writes, is NaN too.
final class Memory {

    static final int[] LENGTHS = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 127, 128, 257};

    private static final int GUARD = 67;
    private static final float SENTINEL = Float.intBitsToFloat(0x7fc5a5a5);

    private final List<Kernel> kernels;
    private final boolean[] guarded;
    private final float[] array;

    /// Gives the buffers of kernels and of further views their places.
    Memory(List<? extends Kernel> kernels, View... views) {
        this.kernels = List.copyOf(kernels);
        Set<Buffer> buffers = new LinkedHashSet<>();
        Stream.of(views).forEach(view -> buffers.add(view.buffer()));
        kernels.forEach(kernel -> buffers.addAll(kernel.reads()));
        kernels.forEach(kernel -> buffers.addAll(kernel.writes()));
        int size = GUARD + buffers.stream().mapToInt(buffer -> buffer.size() + GUARD).sum();
        array = new float[size];
        guarded = new boolean[size];
        Arrays.fill(array, SENTINEL);
        Arrays.fill(guarded, true);
        int at = GUARD;
        for (Buffer buffer : buffers) {
            buffer.bind(array, at);
            Arrays.fill(guarded, at, at + buffer.size(), false);
            Arrays.fill(array, at, at + buffer.size(), Float.NaN);
            at += buffer.size() + GUARD;
        }
    }

    /// Writes the numbers of a tensor, in the order of its axes; padding stays NaN.
    static void fill(View view, List<Axis> axes, IntToDoubleFunction numbers) {
        int[] places = places(view, axes);
        for (int i = 0; i < places.length; i++) {
            view.buffer().data()[places[i]] = (float) numbers.applyAsDouble(i);
        }
    }

    /// Reads the numbers of a tensor, in the order of its axes.
    static double[] read(View view, List<Axis> axes) {
        return IntStream.of(places(view, axes)).mapToDouble(place -> view.buffer().data()[place]).toArray();
    }

    private static int[] places(View view, List<Axis> axes) {
        List<Integer> places = new ArrayList<>(List.of(view.start()));
        for (Axis axis : axes) {
            places = places.stream().flatMap(
                    place -> IntStream.range(0, axis.size()).mapToObj(i -> place + i * view.stride(axis.name())))
                    .toList();
        }
        return places.stream().mapToInt(i -> i).toArray();
    }

    /// Runs the kernels, each in three parts, the last units first, and checks that all sentinels stand.
    void run(String what) {
        for (Kernel kernel : kernels) {
            int units = kernel.units();
            int first = units / 3;
            int second = Math.ceilDiv(2 * units, 3);
            part(kernel, second, units);
            part(kernel, 0, first);
            part(kernel, first, second);
        }
        for (int i = 0; i < array.length; i++) {
            if (guarded[i] && Float.floatToRawIntBits(array[i]) != Float.floatToRawIntBits(SENTINEL)) {
                throw new AssertionError(what + ": " + array[i] + " was written outside every buffer, at " + i);
            }
        }
    }

    private static void part(Kernel kernel, int from, int to) {
        Scratch scratch = new Scratch();
        Arrays.fill(scratch.blocks(0), Float.NaN);
        Arrays.fill(scratch.tile, Float.NaN);
        kernel.run(from, to, scratch);
    }

    /// Checks numbers: |x − r| ≤ bound · max(1, |r|), and NaN and infinities are the same.
    static void close(String what, double[] actual, double[] expected, double bound) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            boolean same = Double.compare(actual[i], expected[i]) == 0 || actual[i] == expected[i];
            if (!same && !(Math.abs(actual[i] - expected[i]) <= bound * Math.max(1, Math.abs(expected[i])))) {
                throw new AssertionError(what + ": " + actual[i] + " instead of " + expected[i] + " at " + i);
            }
        }
    }

    /// Returns the `i`-th of fixed numbers between −2 and 2, rounded to single precision: another sequence for each stream.
    static double number(int stream, int i) {
        long bits = (stream * 7919L + i + 1) * 0x9E3779B97F4A7C15L;
        bits = (bits ^ (bits >>> 29)) * 0xBF58476D1CE4E5B9L;
        return (float) ((bits >>> 40) * 0x1p-22 - 2);
    }
}
