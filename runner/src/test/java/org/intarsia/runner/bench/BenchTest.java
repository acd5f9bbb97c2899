package org.intarsia.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.intarsia.api.component.ModelShape;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.runner.error.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {

    @Test
    void aShapeIsANameOrSevenNumbers() {
        Shape expected = new Shape("27,16,64,4,4,256,32", new ModelShape(27, 16, 64, 4, 4, 256), 32);

        assertThat(Shape.parse("27,16,64,4,4,256,32")).isEqualTo(expected);
        assertThat(Shape.parse("B").sizes()).isEqualTo(expected.name());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A9              | there is no shape "A9"; did you mean "A8"?
            1,2,3           | there is no shape "1,2,3"
            1,2,3,4,5,6,x   | there is no shape "1,2,3,4,5,6,x"
            9,8,7,1,2,4,1   | the shape 9,8,7,1,2,4,1: heads must divide the width: 7 is not a multiple of 2
            9,8,8,1,2,4,0   | the shape 9,8,8,1,2,4,0: the batch must be at least 1, not 0
            """)
    void anotherShapeIsAnError(String text, String message) {
        assertThatThrownBy(() -> Shape.parse(text)).isInstanceOf(UserError.class).message().startsWith(message);
    }

    @Test
    void aMultiplyAddOfAContractionIsTwoOperations() {
        Axis rows = new Axis("rows", 2);
        Axis inner = new Axis("inner", 3);
        Axis columns = new Axis("columns", 5);
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, rows, inner);
        Tensor y = graph.input("y", DataType.FLOAT, inner, columns);
        graph.output("product", x.contract(inner, y), rows, columns);
        x.outer(y.rename("inner", "other"));

        assertThat(Bench.operations(graph)).isEqualTo(2 * 2 * 3 * 5);
    }

    @Test
    void operationsMayBeMoreThanATensorHasElements() {
        Axis rows = new Axis("rows", 1 << 14);
        Axis inner = new Axis("inner", 1 << 14);
        Axis columns = new Axis("columns", 1 << 14);
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, rows, inner);
        graph.output("product", x.contract(inner, graph.input("y", DataType.FLOAT, inner, columns)), rows, columns);

        assertThat(Bench.operations(graph)).isEqualTo(1L << 43);
    }

    @Test
    void theMedianIsTheMiddleOfTheSteps() {
        Shape shape = Shape.parse("B");

        Timing odd = Timing.of(shape, new long[] {9_000_000, 1_000_000, 2_000_000}, 4_000_000);
        assertThat(odd).isEqualTo(new Timing(shape, 3, 2, 1, 9, 4_000_000));
        assertThat(odd.tokensPerSecond()).isEqualTo(32 * 16 / 2e-3);
        assertThat(odd.gigaflops()).isEqualTo(2);
        assertThat(Timing.of(shape, new long[] {4_000_000, 1_000_000}, 0).median()).isEqualTo(2.5);
    }
}
