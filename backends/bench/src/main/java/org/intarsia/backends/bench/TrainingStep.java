package org.intarsia.backends.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The time of a whole step of one part, forward, backward and update, over 32 sequences.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC"})
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class TrainingStep {

    private static final int BATCH = 32;

    /// What is trained.
    @Param
    public Part part;

    /// Positions in a sequence.
    @Param({"8", "40"})
    public int time;

    /// Features at a position.
    @Param({"8", "64"})
    public int width;

    private Training training;

    /// Compiles the step.
    @Setup
    public void compile() {
        training = new Training(part, BATCH, time, width);
    }

    /// Runs a step.
    @Benchmark
    public void step() {
        training.step();
    }

    /// Frees the backend's memory.
    @TearDown
    public void close() {
        training.close();
    }
}
