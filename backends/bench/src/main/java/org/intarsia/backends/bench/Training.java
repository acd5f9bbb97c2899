package org.intarsia.backends.bench;

import java.util.random.RandomGenerator;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.backends.cpu.CpuBackend;

/// A part that trains on random numbers, on the cpu backend and one thread.
final class Training implements AutoCloseable {

    private final Session session;
    private final Executable step;

    Training(Part part, int batch, int time, int width) {
        CpuBackend.Factory factory = new CpuBackend.Factory();
        session = factory.create(factory.defaults()).open();
        Graph graph = part.step(batch, time, width);
        step = session.compile(graph);
        RandomGenerator random = Seed.of(1).stream("features").generator();
        graph.inputs().forEach((name, input) -> {
            int count = Axis.count(input.axes());
            step.write(name, input.type() == DataType.INTEGER
                    ? random.ints(count, 0, width).asDoubleStream().toArray()
                    : random.doubles(count, -1, 1).toArray());
        });
    }

    /// Runs a step.
    void step() {
        step.run();
    }

    /// Returns the loss that the last step started from.
    double loss() {
        double[] loss = new double[1];
        step.read(Part.LOSS, loss);
        return loss[0];
    }

    @Override
    public void close() {
        session.close();
    }
}
