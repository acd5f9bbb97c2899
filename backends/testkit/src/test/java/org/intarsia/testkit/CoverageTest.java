package org.intarsia.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.Composites;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.api.Test;

/// The cases are complete: a new op, function or composite must have one.
class CoverageTest {

    @Test
    void hasACaseForEveryOp() {
        assertThat(missing(OpCases.all())).isEmpty();
    }

    @Test
    void noticesAnOpWithoutACase() {
        assertThat(missing(without("gather"))).containsExactly("Gather");
        assertThat(missing(without("layer norm gradient"))).containsExactly("LayerNormGradient");
        assertThat(missing(without("tanh"))).containsExactly("Unary TANH");
    }

    @Test
    void knowsManyOpsAndComposites() {
        assertThat(required()).hasSizeGreaterThan(45);
    }

    @Test
    void hasCasesOfSizeOneOfOddSizesAndOfEachType() {
        List<Sample> samples = OpCases.all().stream().flatMap(c -> c.operands().stream()).toList();
        assertThat(samples).anyMatch(s -> s.axes().stream().anyMatch(a -> a.size() == 1))
                .anyMatch(s -> s.axes().isEmpty()).anyMatch(s -> s.axes().stream().anyMatch(a -> a.size() % 2 == 1));
        assertThat(samples.stream().map(Sample::type)).containsAll(List.of(DataType.values()));
    }

    private static List<OpCase> without(String name) {
        Predicate<OpCase> stays = c -> !c.name().equals(name) && !c.name().startsWith(name + ",")
                && !c.name().startsWith(name + " of");
        return OpCases.all().stream().filter(stays).toList();
    }

    /// Returns what no case has as its result.
    private static Set<String> missing(List<OpCase> cases) {
        Set<String> missing = required();
        for (OpCase sample : cases) {
            Graph graph = new Graph();
            new CaseTrial(sample, CaseTrial.Feed.VARIABLE, 0).build(graph);
            graph.outputs().values().forEach(output -> missing.removeAll(names(output.tensor())));
        }
        return missing;
    }

    private static Set<String> required() {
        Set<String> names = new TreeSet<>();
        Stream.of(Op.class.getPermittedSubclasses()).filter(c -> c != Op.Call.class)
                .forEach(c -> names.add(c.getSimpleName()));
        Stream.of(Composites.class.getDeclaredClasses()).filter(Composite.class::isAssignableFrom)
                .forEach(c -> names.add(c.getSimpleName()));
        Stream.of(Op.Unary.Function.values()).forEach(f -> names.add("Unary " + f));
        Stream.of(Op.Binary.Function.values()).forEach(f -> names.add("Binary " + f));
        Stream.of(Op.Compare.Relation.values()).forEach(r -> names.add("Compare " + r));
        Stream.of(Op.Reduce.Function.values()).forEach(f -> names.add("Reduce " + f));
        return names;
    }

    private static List<String> names(Tensor tensor) {
        return switch (tensor.op()) {
            case Op.Unary op -> List.of("Unary", "Unary " + op.function());
            case Op.Binary op -> List.of("Binary", "Binary " + op.function());
            case Op.Compare op -> List.of("Compare", "Compare " + op.relation());
            case Op.Reduce op -> List.of("Reduce", "Reduce " + op.function());
            case Op.Call op -> List.of(op.composite().getClass().getSimpleName());
            case Op op -> List.of(op.getClass().getSimpleName());
        };
    }
}
