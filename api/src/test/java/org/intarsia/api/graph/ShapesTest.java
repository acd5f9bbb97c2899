package org.intarsia.api.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.intarsia.api.data.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every op rejects operands that do not fit, with a message that names the op, the axes and the place.
class ShapesTest {

    private static final Axis TIME = new Axis("time", 5);
    private static final Axis WIDTH = new Axis("width", 4);
    private static final Axis CLASS = new Axis("class", 7);

    /// A mistake and its message.
    record Mistake(String message, Expression expression) {

        @Override
        public String toString() {
            return message;
        }
    }

    /// Makes the mistake with x {time 5, width 4}, table {class 7, width 4}, tokens {time 5} and truths {time 5}.
    @FunctionalInterface
    interface Expression {
        Object of(Operands o);
    }

    record Operands(Graph graph, Tensor x, Tensor table, Tensor tokens, Tensor truths) {}

    @ParameterizedTest
    @MethodSource("mistakes")
    void rejects(Mistake mistake) {
        Graph graph = new Graph();
        Operands operands = new Operands(graph, graph.input("x", DataType.FLOAT, TIME, WIDTH),
                graph.input("table", DataType.FLOAT, CLASS, WIDTH), graph.input("tokens", DataType.INTEGER, TIME),
                graph.input("truths", DataType.BOOLEAN, TIME));
        assertThatThrownBy(() -> graph.scope(Seed.of(1)).within("head", _ -> mistake.expression().of(operands)))
                .isInstanceOf(ShapeException.class).hasMessage(mistake.message());
    }

    @Test
    void saysNoPlaceOutsideOfAllScopes() {
        Tensor x = new Graph().input("x", DataType.FLOAT, TIME);
        assertThatThrownBy(() -> x.max(WIDTH)).isInstanceOf(ShapeException.class)
                .hasMessage("maximum: there is no axis 'width' in {time 5}");
    }

    @Test
    void hasAMistakeForEveryOpThatCanGoWrong() {
        assertThat(mistakes().map(m -> m.message().split(":", 2)[0]).distinct()).contains("add",
                "less", "select", "contract", "sum", "maximum", "expand", "rename", "split", "merge", "slice", "pad",
                "concatenate", "gather", "scatteradd", "assign", "random", "constant", "exp", "divide");
    }

    static Stream<Mistake> mistakes() {
        Axis longer = TIME.sized(6);
        return Stream.of(
                mistake("add: no operand has all axes of {time 5, width 4} and {class 7, width 4}; spell out an outer combination with outer or expand, at head",
                        o -> o.x().add(o.table())),
                mistake("add: 'time' is 5 in {time 5, width 4} and 6 in {time 6}, at head",
                        o -> o.x().add(o.graph().index(longer).convert(DataType.FLOAT))),
                mistake("add: an operand must be FLOAT, not INTEGER {time 5}; use convert, at head",
                        o -> o.x().add(o.tokens())),
                mistake("add: a number is needed, not a truth value; use select or convert, at head",
                        o -> o.truths().add(o.truths())),
                mistake("divide: an operand must be FLOAT, not INTEGER {time 5}; use convert, at head",
                        o -> o.tokens().div(o.tokens())),
                mistake("exp: an operand must be FLOAT, not INTEGER {time 5}; use convert, at head",
                        o -> o.tokens().exp()),
                mistake("less: no operand has all axes of {time 5, width 4} and {class 7, width 4}; spell out an outer combination with outer or expand, at head",
                        o -> o.x().less(o.table())),
                mistake("equal: a number is needed, not a truth value; use select or convert, at head",
                        o -> o.truths().equal(o.truths())),
                mistake("select: an operand must be BOOLEAN, not FLOAT {time 5, width 4}; use convert, at head",
                        o -> o.x().select(o.x(), o.x())),
                mistake("select: an operand must be FLOAT, not INTEGER {time 5}; use convert, at head",
                        o -> o.truths().select(o.x(), o.tokens())),
                mistake("select: no operand has all axes of {time 5} and {width 4} and {}; spell out an outer combination with outer or expand, at head",
                        o -> o.truths().select(o.graph().index(WIDTH), o.graph().constant(DataType.INTEGER, 0))),
                mistake("contract: there is no axis 'time' in {class 7, width 4}, at head",
                        o -> o.x().contract(TIME, o.table())),
                mistake("contract: there is no axis 'class' in {time 5, width 4}, at head",
                        o -> o.x().contract(CLASS, o.table())),
                mistake("contract: 'width' is 4 in {time 5, width 4} and 3 in {class 7, width 3}, at head",
                        o -> o.x().contract(WIDTH, o.table().slice("width", 0, 3))),
                mistake("'width' is 4 in {time 5, width 4}, not 3, at head",
                        o -> o.x().contract(WIDTH.sized(3), o.table())),
                mistake("contract: an operand must be FLOAT, not INTEGER {time 5}; use convert, at head",
                        o -> o.x().outer(o.tokens())),
                mistake("sum: there is no axis 'class' in {time 5, width 4}, at head", o -> o.x().sum(CLASS)),
                mistake("maximum: there is no axis 'class' in {time 5, width 4}, at head", o -> o.x().max(CLASS)),
                mistake("'time' is 5 in {time 5, width 4}, not 6, at head", o -> o.x().sum(longer)),
                mistake("sum: a number is needed, not a truth value; use select or convert, at head",
                        o -> o.truths().sum(TIME)),
                mistake("expand: there already is an axis 'time' in {time 5, width 4}, at head",
                        o -> o.x().expand(TIME)),
                mistake("rename: there is no axis 'class' in {time 5, width 4}, at head",
                        o -> o.x().rename("class", "key")),
                mistake("rename: there already is an axis 'width' in {time 5, width 4}, at head",
                        o -> o.x().rename("time", "width")),
                mistake("split: there is no axis 'class' in {time 5, width 4}, at head",
                        o -> o.x().split("class", TIME, WIDTH)),
                mistake("split: width 4 cannot become head 3 by channel 2 of {time 5, width 4}, at head",
                        o -> o.x().split("width", new Axis("head", 3), new Axis("channel", 2))),
                mistake("split: a name stands twice in {time 5, time 2, channel 2}, at head",
                        o -> o.x().split("width", new Axis("time", 2), new Axis("channel", 2))),
                mistake("merge: there is no axis 'class' in {time 5, width 4}, at head",
                        o -> o.x().merge("time", "class", "both")),
                mistake("merge: 'time' cannot be merged with itself, at head",
                        o -> o.x().merge("time", "time", "both")),
                mistake("merge: a name stands twice in {class 20, class 7}, at head",
                        o -> o.x().expand(CLASS).merge("time", "width", "class")),
                mistake("slice: there is no axis 'class' in {time 5, width 4}, at head",
                        o -> o.x().slice("class", 0, 1)),
                mistake("slice: positions 3 to 5 are not within time 5 of {time 5, width 4}, at head",
                        o -> o.x().slice("time", 3, 3)),
                mistake("slice: positions -1 to 0 are not within time 5 of {time 5, width 4}, at head",
                        o -> o.x().slice("time", -1, 2)),
                mistake("slice: positions 2 to 1 are not within time 5 of {time 5, width 4}, at head",
                        o -> o.x().slice("time", 2, 0)),
                mistake("pad: there is no axis 'class' in {time 5, width 4}, at head", o -> o.x().pad("class", 1, 1)),
                mistake("pad: time 5 cannot be padded by -1 and 1, at head", o -> o.x().pad("time", -1, 1)),
                mistake("concatenate: {time 5, width 4} and {time 5} differ in another axis than 'time', at head",
                        o -> Tensor.concatenate("time", o.x(), o.tokens())),
                mistake("concatenate: there is no axis 'class' in {time 5, width 4}, at head",
                        o -> Tensor.concatenate("class", o.x(), o.x())),
                mistake("concatenate: an operand must be INTEGER, not BOOLEAN {time 5}; use convert, at head",
                        o -> Tensor.concatenate("time", o.tokens(), o.truths())),
                mistake("concatenate: there is nothing to concatenate, at head",
                        o -> o.graph().add(new Op.Concatenate(List.of(), "time"))),
                mistake("gather: there is no axis 'time' in {class 7, width 4}, at head",
                        o -> o.table().gather(TIME, o.tokens())),
                mistake("gather: an operand must be INTEGER, not FLOAT {time 5, width 4}; use convert, at head",
                        o -> o.table().gather(CLASS, o.x())),
                mistake("gather: the index {time 5} may not have the axis 'time' that it points along, at head",
                        o -> o.x().gather(TIME, o.tokens())),
                mistake("gather: 'time' is 3 in {time 3, width 4} and 5 in {time 5}, at head",
                        o -> o.x().slice("time", 0, 3).gather(WIDTH, o.tokens())),
                mistake("scatteradd: there is no axis 'time' in {class 7, width 4}, at head",
                        o -> o.table().scatterAdd(CLASS.named("bucket"), o.tokens(), List.of())),
                mistake("scatteradd: there already is an axis 'width' in {time 5, width 4}, at head",
                        o -> o.x().scatterAdd(WIDTH, o.tokens(), List.of())),
                mistake("scatteradd: an operand must be INTEGER, not BOOLEAN {time 5}; use convert, at head",
                        o -> o.x().scatterAdd(CLASS, o.truths(), List.of())),
                mistake("scatteradd: there is no axis 'width' in {time 5}, at head",
                        o -> o.x().scatterAdd(CLASS, o.tokens(), List.of(WIDTH))),
                mistake("assign: only a variable can be assigned, not the result of x, at head", o -> {
                    o.graph().assign(o.x(), o.x());
                    return o;
                }),
                mistake("assign: the variable has {time 5} and the value {time 5, width 4}, at head", o -> {
                    o.graph().assign(o.graph().variable("v", Initializer.zeros(), Seed.of(1), TIME), o.x());
                    return o;
                }),
                mistake("assign: an operand must be FLOAT, not INTEGER {time 5}; use convert, at head", o -> {
                    o.graph().assign(o.graph().variable("v", Initializer.zeros(), Seed.of(1), TIME), o.tokens());
                    return o;
                }),
                mistake("random: the counter must be a scalar, not {time 5}, at head",
                        o -> o.graph().random(Seed.of(1), o.tokens(), TIME)),
                mistake("random: an operand must be INTEGER, not FLOAT {}; use convert, at head",
                        o -> o.graph().random(Seed.of(1), o.graph().constant(1), TIME)),
                mistake("random: a name stands twice in {time 5, time 5}, at head",
                        o -> o.graph().random(Seed.of(1), o.graph().constant(DataType.INTEGER, 1), TIME, TIME)),
                mistake("constant: 2 values do not fill {time 5}, at head",
                        o -> o.graph().constant(DataType.FLOAT, Values.of(1, 2), TIME)),
                mistake("v: 2 values do not fill {time 5}, at head",
                        o -> o.graph().variable("v", new Initializer.Given(Values.of(1, 2)), Seed.of(1), TIME)),
                mistake("twice: a name stands twice in {time 5, time 5}, at head",
                        o -> o.graph().input("twice", DataType.FLOAT, TIME, TIME)),
                mistake("there is no axis 'class' in {time 5, width 4}, at head", o -> o.x().softmax(CLASS)),
                mistake("gather: the index {time 5, width 4} may not have the axis 'width' that it points along, at head",
                        o -> o.x().crossEntropy(WIDTH, o.x())),
                mistake("there is no axis 'class' in {time 5, width 4}, at head", o -> o.x().axis("class")));
    }

    private static Mistake mistake(String message, Expression expression) {
        return new Mistake(message, expression);
    }
}
