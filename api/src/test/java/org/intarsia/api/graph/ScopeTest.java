package org.intarsia.api.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.intarsia.api.data.Seed;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private static final Axis WIDTH = new Axis("width", 4);
    private static final Initializer START = new Initializer.Normal(0, 1);

    private final Graph graph = new Graph();
    private final Scope root = graph.scope(Seed.of(1));

    @Test
    void namesWhatIsDeclaredAfterItsPath() {
        root.within("h", h -> h.within("0", layer -> layer.parameter("weight", START, WIDTH)));
        root.parameter("bias", START, WIDTH);
        assertThat(graph.parameters().keySet()).containsExactly("h.0.weight", "bias");
        assertThat(root.<Axis>within("rope", rope -> rope.axis("pair", 2))).isEqualTo(new Axis("rope.pair", 2));
    }

    @Test
    void startsAParameterFromItsOwnPathWhateverElseThereIs() {
        Tensor alone = root.within("head", head -> head.parameter("weight", START, WIDTH));
        Scope other = new Graph().scope(Seed.of(1));
        other.within("embedding", embedding -> embedding.parameter("weight", START, WIDTH));
        Tensor second = other.within("head", head -> head.parameter("weight", START, WIDTH));
        assertThat(initial(alone)).containsExactly(initial(second));
    }

    @Test
    void startsParametersOfDifferentNamesDifferently() {
        Tensor first = root.parameter("a", START, WIDTH);
        Tensor second = root.parameter("b", START, WIDTH);
        assertThat(initial(first)).isNotEqualTo(initial(second));
    }

    @Test
    void rejectsANameThatIsTaken() {
        root.within("head", head -> head.parameter("weight", START, WIDTH));
        assertThatThrownBy(() -> root.within("head", head -> head.parameter("weight", START, WIDTH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name 'head.weight' is declared twice in one graph");
    }

    @Test
    void leavesItsPathEvenAfterAnError() {
        Tensor x = graph.input("x", DataType.FLOAT, WIDTH);
        assertThatThrownBy(() -> root.within("broken", _ -> x.rename("time", "key"))).isInstanceOf(ShapeException.class)
                .hasMessage("rename: there is no axis 'time' in {width 4}, at broken");
        assertThat(x.exp().path()).isEmpty();
    }

    private static double[] initial(Tensor parameter) {
        if (parameter.op() instanceof Op.Variable variable) {
            return variable.initialValues();
        }
        throw new AssertionError(parameter + " is no variable");
    }
}
