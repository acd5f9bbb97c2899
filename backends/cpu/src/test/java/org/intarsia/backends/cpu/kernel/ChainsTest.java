package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.intarsia.api.graph.DataType.FLOAT;

import java.util.List;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.api.Test;

class ChainsTest {

    private final Graph graph = new Graph();
    private final Axis axis = new Axis("a", 5);
    private final Tensor x = graph.input("x", FLOAT, axis);
    private final Tensor y = graph.input("y", FLOAT, axis);
    private final Tensor z = graph.input("z", FLOAT, axis);

    private int steps(Tensor... results) {
        List<Tensor> inputs = List.of(x, y, z);
        return Chains.of(List.of(results), tensor -> !inputs.contains(tensor), t -> View.dense(t.axes(), ""), "")
                .steps();
    }

    @Test
    void aProductAndTheSumOrDifferenceThatReadsItAreOneStep() {
        assertThat(steps(x.mul(y).add(z))).isEqualTo(1);
        assertThat(steps(z.add(x.mul(y)))).isEqualTo(1);
        assertThat(steps(z.sub(x.mul(y)))).isEqualTo(1);
        assertThat(steps(x.mul(y).add(z.mul(x)))).isEqualTo(2);
    }

    @Test
    void othersAreSteps() {
        assertThat(steps(x.mul(y).sub(z))).isEqualTo(2);
        assertThat(steps(x.mul(y).mul(z))).isEqualTo(2);
        assertThat(steps(x.add(y).mul(z))).isEqualTo(2);
    }

    @Test
    void aProductThatIsReadTwiceOrKeptStays() {
        Tensor product = x.mul(y);
        assertThat(steps(product.add(product))).isEqualTo(2);
        assertThat(steps(product.add(z).mul(product))).isEqualTo(3);
        assertThat(steps(product, product.add(z))).isEqualTo(2);
    }
}
