package org.intarsia.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.config.ConfigurationReader;
import org.intarsia.runner.config.JsonReader;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Registry;
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
            A9              | there is no shape "A9"; did you mean "A2"?
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
    void ofQueriesAndKeysOnlyThoseCountThatAreNotAfterTheQuery() {
        Axis query = new Axis("query", 5);
        Axis key = new Axis("key", 5);
        Axis channel = new Axis("channel", 3);
        Graph graph = new Graph();
        Tensor queries = graph.input("queries", DataType.FLOAT, query, channel);
        Tensor keys = graph.input("keys", DataType.FLOAT, key, channel);
        graph.output("scores", queries.contract(channel, keys), query, key);

        assertThat(Bench.operations(graph)).isEqualTo(2 * 3 * (1 + 2 + 3 + 4 + 5));
    }

    @Test
    void queriesOfFewerPositionsThanKeysCountInFull() {
        Axis query = new Axis("query", 2);
        Axis key = new Axis("key", 5);
        Axis channel = new Axis("channel", 3);
        Graph graph = new Graph();
        Tensor queries = graph.input("queries", DataType.FLOAT, query, channel);
        Tensor keys = graph.input("keys", DataType.FLOAT, key, channel);
        graph.output("scores", queries.contract(channel, keys), query, key);

        assertThat(Bench.operations(graph)).isEqualTo(2 * 3 * 2 * 5);
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
    void aShapeChangesInOneSize() {
        Shape changed = Shape.parse("B").with("length", 33);

        assertThat(changed).isEqualTo(new Shape("length=33", new ModelShape(27, 33, 64, 4, 4, 256), 32));
    }

    @Test
    void headsThatDoNotDivideANewWidthBecomeAsManyAsDivideBoth() {
        assertThat(Shape.parse("B").with("width", 6))
                .isEqualTo(new Shape("width=6, heads=2", new ModelShape(27, 16, 6, 4, 2, 256), 32));
    }

    @Test
    void aSizeThatCannotBeIsAnError() {
        assertThatThrownBy(() -> Shape.parse("B").with("heads", 3)).isInstanceOf(UserError.class)
                .hasMessage("the shape heads=3: heads must divide the width: 64 is not a multiple of 3");
        assertThatThrownBy(() -> Shape.parse("B").with("width", 0)).isInstanceOf(UserError.class)
                .hasMessage("the shape width=0: width must be at least 1, not 0");
    }

    @Test
    void aShapeThatWouldTakeTooLongIsNotMeasured() {
        Configuration configuration = new ConfigurationReader(Registry.load()).read(JsonReader.parse("""
                {"task": "recurrences", "embedding": "learned", "position": "none", "loss": "cross-entropy"}
                """, "the test"), "the test", List.of());
        Bench bench = new Bench(Duration.ofMillis(1));
        Shape small = Shape.parse("9,4,2,1,1,2,1");
        Shape large = Shape.parse("E");

        Outcome first = bench.measureIfQuick(configuration, small);
        Outcome second = bench.measureIfQuick(configuration, large);

        assertThat(first).isInstanceOfSatisfying(Timing.class,
                timing -> assertThat(timing.steps()).isGreaterThanOrEqualTo(3));
        assertThat(second).isInstanceOfSatisfying(Untimed.class, untimed -> {
            assertThat(untimed.shape()).isEqualTo(large);
            assertThat(untimed.reason()).matches("a step would take about \\d+ s, judging by the shape before");
        });
    }

    @Test
    void theFloorIsTheTimeOfTheContractionsAtThePeak() {
        Machine machine = new Machine(1, 512, 100, 10);

        Timing timing = new Timing(Shape.parse("B"), 3, 2, 1, 9, 50_000_000, "");

        assertThat(timing.floor(machine)).isEqualTo(0.5);
        assertThat(timing.percentOfPeak(machine)).isEqualTo(25);
    }

    @Test
    void theMedianIsTheMiddleOfTheSteps() {
        Shape shape = Shape.parse("B");

        Timing odd = Timing.of(shape, new long[] {9_000_000, 1_000_000, 2_000_000}, 4_000_000, "");
        assertThat(odd).isEqualTo(new Timing(shape, 3, 2, 1, 9, 4_000_000, ""));
        assertThat(odd.tokensPerSecond()).isEqualTo(32 * 16 / 2e-3);
        assertThat(odd.gigaflops()).isEqualTo(2);
        assertThat(Timing.of(shape, new long[] {4_000_000, 1_000_000}, 0, "").median()).isEqualTo(2.5);
    }
}
