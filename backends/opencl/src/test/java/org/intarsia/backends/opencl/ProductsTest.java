package org.intarsia.backends.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.reference.ReferenceBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Products that are too large for rows to read their tables one by one, as devices with work-groups compute them.
final class ProductsTest {

    private static final Seed SEED = Seed.of(1);
    private static final Axis BATCH = new Axis("batch", 3);
    private static final Axis TIME = new Axis("time", 37);
    private static final Axis HEAD = new Axis("head", 2);
    private static final Axis IN = new Axis("in", 130);
    private static final Axis OUT = new Axis("out", 517);

    record Product(String name, List<Axis> left, List<Axis> right, List<Axis> summed) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Product> products() {
        return Stream.of(
                new Product("a linear layer", List.of(BATCH, TIME, IN), List.of(OUT, IN), List.of(IN)),
                new Product("its gradient, summed over two axes", List.of(BATCH, TIME, OUT), List.of(BATCH, TIME, IN),
                        List.of(BATCH, TIME)),
                new Product("one for each head, which stands last", List.of(IN, TIME, HEAD), List.of(HEAD, OUT, IN),
                        List.of(IN)));
    }

    @ParameterizedTest
    @MethodSource("products")
    void aLargeProductIsWhatTheReferenceComputes(Product product) {
        Device device = AnyDevice.find();

        double[] actual = computed(new OpenClBackend(device, 64), product);

        double[] expected = computed(new ReferenceBackend(), product);
        for (int i = 0; i < expected.length; i++) {
            // A sum of up to 130 products of numbers of order 1, in another order, in single precision.
            assertThat(actual[i]).isCloseTo(expected[i], within(2e-5));
        }
    }

    private static double[] computed(Backend backend, Product product) {
        Graph graph = new Graph();
        // Variables, since no axis of theirs is one of rows: as in weights and their gradients.
        Tensor left = graph.variable("left", Initializer.zeros(), SEED, product.left().toArray(Axis[]::new));
        Tensor right = graph.variable("right", Initializer.zeros(), SEED, product.right().toArray(Axis[]::new));
        Tensor result = left.contract(product.summed(), right);
        graph.output("product", result, result.axes().toArray(Axis[]::new));
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            Random random = new Random(1);
            graph.variables().forEach(
                    (name, variable) -> session.write(name, random.doubles(variable.count(), -1, 1).toArray()));
            executable.run();
            double[] numbers = new double[result.count()];
            executable.read("product", numbers);
            return numbers;
        }
    }
}
