package org.intarsia.testkit;

import static org.intarsia.testkit.OpCase.rough;
import static org.intarsia.testkit.OpCase.smooth;
import static org.intarsia.testkit.Sample.given;
import static org.intarsia.testkit.Sample.integers;
import static org.intarsia.testkit.Sample.positive;
import static org.intarsia.testkit.Sample.real;
import static org.intarsia.testkit.Sample.spread;
import static org.intarsia.testkit.Sample.truths;
import static org.intarsia.testkit.Tolerance.CHAIN;
import static org.intarsia.testkit.Tolerance.EXACT;
import static org.intarsia.testkit.Tolerance.FUNCTION;
import static org.intarsia.testkit.Tolerance.ROUNDED;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composites;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// The facts about every op: samples with axes of size 1, odd sizes, operands that lack axes, and each type of element.
final class OpCases {

    private static final Axis TIME = new Axis("time", 5);
    private static final Axis WIDTH = new Axis("width", 3);
    private static final Axis ONE = new Axis("one", 1);
    private static final Axis LONG = new Axis("long", 37);
    private static final Axis CLASS = new Axis("class", 7);

    private OpCases() {}

    /// Returns all cases.
    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>();
        sources(cases);
        unary(cases);
        binary(cases);
        comparisons(cases);
        contractions(cases);
        reductions(cases);
        views(cases);
        lookups(cases);
        composites(cases);
        return cases;
    }

    private static void sources(List<OpCase> cases) {
        cases.add(smooth("input", EXACT, (_, x) -> x.get(0), real(TIME, WIDTH)));
        cases.add(smooth("input, a scalar", EXACT, (_, x) -> x.get(0), real()));
        cases.add(rough("input, integers", EXACT, (_, x) -> x.get(0), integers(-9, 9, TIME)));
        cases.add(rough("input, large integers", EXACT, (_, x) -> x.get(0), integers(-(1 << 24), 1 << 24, TIME)));
        cases.add(rough("input, truth values", EXACT, (_, x) -> x.get(0), truths(TIME, ONE)));
        cases.add(rough("input, infinities", EXACT, (_, x) -> x.get(0),
                given(List.of(Double.NEGATIVE_INFINITY, 1.0, Double.POSITIVE_INFINITY), TIME)));
        cases.add(smooth("variable", ROUNDED, (g, x) -> x.get(0)
                .add(g.variable("moment", new Initializer.Uniform(-1, 1), Seed.of(4).stream("moment"), WIDTH)),
                real(TIME, WIDTH)));
        cases.add(smooth("constant", ROUNDED, (g, x) -> x.get(0)
                .mul(g.constant(DataType.FLOAT, Values.compute(WIDTH.size(), i -> 0.5 * i - 1), WIDTH)),
                real(TIME, WIDTH)));
        cases.add(rough("constant, integers alone", EXACT,
                (g, _) -> g.constant(DataType.INTEGER, Values.of(3, -1, 4, 1, -5), TIME)));
        cases.add(rough("constant, minus infinity", EXACT, (g, _) -> g.constant(Double.NEGATIVE_INFINITY)));
        cases.add(rough("index", EXACT, (g, _) -> g.index(LONG)));
        cases.add(rough("index, beside an operand", EXACT, (g, x) -> x.get(0).add(g.index(TIME)),
                integers(0, 5, WIDTH, TIME)));
        cases.add(rough("random", EXACT,
                (g, _) -> g.random(Seed.of(7).stream("drop"), g.constant(DataType.INTEGER, 12), LONG, WIDTH)));
        cases.add(smooth("random, beside an operand", ROUNDED,
                (g, x) -> g.random(Seed.of(7).stream("drop"), g.constant(DataType.INTEGER, 3), WIDTH, TIME)
                        .mul(x.get(0)),
                real(TIME, WIDTH)));
        cases.add(rough("assign", EXACT, (g, x) -> {
            Tensor value = x.get(0);
            Axis[] axes = value.axes().reversed().toArray(Axis[]::new);
            g.assign(g.variable("assigned", Initializer.zeros(), Seed.of(1), axes), value);
            return g.assignments().getLast();
        }, real(TIME, WIDTH)));
    }

    private static void unary(List<OpCase> cases) {
        for (Op.Unary.Function function : Op.Unary.Function.values()) {
            OpCase.Expression expression = (g, x) -> g.add(new Op.Unary(function, x.get(0)));
            String name = function.name().toLowerCase(Locale.ROOT);
            Tolerance tolerance = switch (function) {
                case NEGATE, ABS, FLOOR -> EXACT;
                case SQRT, RECIPROCAL -> ROUNDED;
                case EXP, LOG, TANH -> FUNCTION;
            };
            Sample[] samples = switch (function) {
                case LOG, SQRT, RECIPROCAL -> new Sample[] {positive(), positive(ONE), positive(LONG, WIDTH)};
                case NEGATE, ABS, FLOOR, EXP, TANH -> new Sample[] {real(), real(ONE), real(LONG, WIDTH)};
            };
            for (Sample sample : samples) {
                cases.add(smooth(name + " of " + Axis.describe(sample.axes()), tolerance, expression, sample));
            }
        }
        cases.add(rough("negate, integers", EXACT, (_, x) -> x.get(0).neg(), integers(-9, 9, TIME)));
        cases.add(rough("abs, integers", EXACT, (_, x) -> x.get(0).abs(), integers(-9, 9, TIME)));
        cases.add(rough("floor, around whole numbers", EXACT, (_, x) -> x.get(0).floor(),
                given(List.of(-2.0, -1.5, -0.25, 0.0, 0.75, 1.0, 1e9), CLASS)));
        cases.add(rough("exp, far out", FUNCTION, (_, x) -> x.get(0).exp(),
                given(List.of(Double.NEGATIVE_INFINITY, -1000.0, -87.0, -20.0, 0.0, 10.0, Double.POSITIVE_INFINITY),
                        CLASS)));
        cases.add(rough("log, far out", FUNCTION, (_, x) -> x.get(0).log(),
                given(List.of(0.0, 1e-30, 1.0, 1e30, Double.POSITIVE_INFINITY), TIME)));
        cases.add(rough("tanh, far out", FUNCTION, (_, x) -> x.get(0).tanh(),
                given(List.of(Double.NEGATIVE_INFINITY, -100.0, -9.0, 1e-4, 30.0, 1e30, Double.POSITIVE_INFINITY),
                        CLASS)));
        cases.add(rough("reciprocal, far out", ROUNDED, (_, x) -> x.get(0).reciprocal(),
                given(List.of(1e-20, -4.0, 1e20, Double.POSITIVE_INFINITY, 0.0), TIME)));
        cases.add(rough("convert, real to integer", EXACT, (_, x) -> x.get(0).convert(DataType.INTEGER),
                given(List.of(-2.5, -1.0, -0.75, 0.0, 0.75, 2.0, 2.5), CLASS)));
        cases.add(rough("convert, real to truth", EXACT, (_, x) -> x.get(0).convert(DataType.BOOLEAN),
                given(List.of(-0.5, 0.0, 0.25, 1.0, 0.0), TIME)));
        cases.add(rough("convert, integer to real", ROUNDED, (_, x) -> x.get(0).convert(DataType.FLOAT).mul(0.5),
                integers(-9, 9, TIME, WIDTH)));
        cases.add(rough("convert, integer to truth", EXACT, (_, x) -> x.get(0).convert(DataType.BOOLEAN),
                integers(-1, 2, TIME, WIDTH)));
        cases.add(rough("convert, truth to real", EXACT, (_, x) -> x.get(0).convert(DataType.FLOAT), truths(TIME)));
        cases.add(
                rough("convert, truth to integer", EXACT, (_, x) -> x.get(0).convert(DataType.INTEGER), truths(TIME)));
    }

    private static void binary(List<OpCase> cases) {
        for (Op.Binary.Function function : Op.Binary.Function.values()) {
            OpCase.Expression expression = (g, x) -> g.add(new Op.Binary(function, x.get(0), x.get(1)));
            String name = function.name().toLowerCase(Locale.ROOT);
            Tolerance tolerance = switch (function) {
                case MAXIMUM, MINIMUM -> EXACT;
                case ADD, SUBTRACT, MULTIPLY, DIVIDE -> ROUNDED;
            };
            cases.add(smooth(name, tolerance, expression, real(TIME, WIDTH), positive(TIME, WIDTH)));
            cases.add(smooth(name + ", another order of axes", tolerance, expression, real(TIME, WIDTH, LONG),
                    positive(LONG, TIME, WIDTH)));
            cases.add(smooth(name + ", the left repeated", tolerance, expression, real(WIDTH), positive(TIME, WIDTH)));
            cases.add(smooth(name + ", the right repeated", tolerance, expression, real(TIME, WIDTH), positive(TIME)));
            cases.add(smooth(name + ", a scalar and a single element", tolerance, expression, real(), positive(ONE)));
            cases.add(smooth(name + ", a value with itself", tolerance,
                    (g, x) -> g.add(new Op.Binary(function, x.get(0), x.get(0))), positive(LONG)));
            if (function != Op.Binary.Function.DIVIDE) {
                cases.add(rough(name + ", integers", EXACT, expression, integers(-9, 9, LONG),
                        integers(-9, 9, WIDTH, LONG)));
            }
        }
        cases.add(rough("maximum, with ties and infinities", EXACT, (_, x) -> x.get(0).maximum(x.get(1)),
                given(List.of(1.0, 2.0, Double.NEGATIVE_INFINITY, -1.0, 3.0), TIME),
                given(List.of(1.0, 3.0, 0.0, Double.POSITIVE_INFINITY, 3.0), TIME)));
        cases.add(smooth("a chain with several users of one value", CHAIN, (_, x) -> {
            Tensor shared = x.get(0).mul(x.get(1)).tanh();
            return shared.add(shared.exp().mul(shared)).sub(x.get(1).square().mul(shared)).mul(0.25);
        }, real(LONG, WIDTH), real(LONG)));
    }

    private static void comparisons(List<OpCase> cases) {
        for (Op.Compare.Relation relation : Op.Compare.Relation.values()) {
            OpCase.Expression expression = (g, x) -> g.add(new Op.Compare(relation, x.get(0), x.get(1)));
            String name = relation.name().toLowerCase(Locale.ROOT);
            cases.add(smooth(name + ", real", EXACT, expression, real(TIME, WIDTH), real(WIDTH)));
            cases.add(rough(name + ", with ties", EXACT, expression,
                    given(List.of(0.0, 1.0, -2.0, Double.NEGATIVE_INFINITY), LONG),
                    given(List.of(0.0, -1.0, -2.0, 3.0), LONG)));
            cases.add(rough(name + ", integers", EXACT, expression, integers(0, 4, LONG), integers(0, 4, WIDTH, LONG)));
        }
        cases.add(smooth("select", EXACT, (_, x) -> x.get(0).select(x.get(1), x.get(2)), truths(TIME, WIDTH),
                real(TIME, WIDTH), real(WIDTH, TIME)));
        cases.add(smooth("select, the condition repeated", EXACT, (_, x) -> x.get(0).select(x.get(1), x.get(2)),
                truths(TIME), real(), real(TIME, WIDTH)));
        cases.add(smooth("select, values repeated", EXACT, (_, x) -> x.get(0).select(x.get(1), x.get(2)),
                truths(WIDTH, LONG), real(LONG), real()));
        cases.add(rough("select, integers", EXACT, (_, x) -> x.get(0).select(x.get(1), x.get(2)), truths(TIME, WIDTH),
                integers(0, 9, TIME), integers(0, 9, TIME, WIDTH)));
        cases.add(rough("select, truth values", EXACT, (_, x) -> x.get(0).select(x.get(1), x.get(2)), truths(TIME),
                truths(TIME), truths(TIME)));
        cases.add(rough("select, away from infinity", EXACT,
                (g, x) -> x.get(0).select(x.get(1), g.constant(Double.NEGATIVE_INFINITY)), truths(TIME, WIDTH),
                real(TIME)));
    }

    private static void contractions(List<OpCase> cases) {
        Axis in = new Axis("in", 6);
        Axis out = new Axis("out", 4);
        cases.add(smooth("contract, a linear map", Tolerance.sum(6), (_, x) -> x.get(0).contract(in, x.get(1)),
                real(TIME, in), real(out, in)));
        cases.add(smooth("contract, an axis matched", Tolerance.sum(6), (_, x) -> x.get(0).contract(in, x.get(1)),
                real(TIME, in, WIDTH), real(WIDTH, out, in)));
        cases.add(smooth("contract, two axes", Tolerance.sum(30),
                (_, x) -> x.get(0).contract(List.of(TIME, in), x.get(1)),
                real(TIME, in), real(in, TIME, out)));
        cases.add(smooth("contract, to a scalar", Tolerance.sum(5), (_, x) -> x.get(0).contract(TIME, x.get(1)),
                real(TIME),
                real(TIME)));
        cases.add(smooth("contract, an axis of size 1", ROUNDED, (_, x) -> x.get(0).contract(ONE, x.get(1)),
                real(ONE, TIME), real(ONE, WIDTH)));
        cases.add(smooth("contract, a value with itself", Tolerance.sum(6),
                (_, x) -> x.get(0).contract(in, x.get(0).rename("time", "key")), real(TIME, in)));
        cases.add(smooth("contract, nothing summed: an outer product", ROUNDED, (_, x) -> x.get(0).outer(x.get(1)),
                real(TIME), real(WIDTH)));
        cases.add(smooth("contract, nothing summed, an axis matched", ROUNDED, (_, x) -> x.get(0).outer(x.get(1)),
                real(TIME, WIDTH), real(LONG, TIME)));
        cases.add(smooth("contract, with a scalar", ROUNDED, (_, x) -> x.get(0).outer(x.get(1)), real(LONG), real()));
    }

    private static void reductions(List<OpCase> cases) {
        cases.add(smooth("sum", Tolerance.sum(5), (_, x) -> x.get(0).sum(TIME), real(TIME, WIDTH)));
        cases.add(smooth("sum, the last axis", Tolerance.sum(37), (_, x) -> x.get(0).sum(LONG), real(TIME, LONG)));
        cases.add(smooth("sum, the middle axis", Tolerance.sum(5), (_, x) -> x.get(0).sum(TIME),
                real(WIDTH, TIME, LONG)));
        cases.add(smooth("sum, two axes apart", Tolerance.sum(111), (_, x) -> x.get(0).sum(LONG, WIDTH),
                real(WIDTH, TIME, LONG)));
        cases.add(smooth("sum, everything", Tolerance.sum(15), (_, x) -> x.get(0).sum(WIDTH, TIME), real(WIDTH, TIME)));
        cases.add(smooth("sum, an axis of size 1", EXACT, (_, x) -> x.get(0).sum(ONE), real(TIME, ONE)));
        cases.add(rough("sum, integers", EXACT, (_, x) -> x.get(0).sum(TIME), integers(-9, 9, TIME, WIDTH)));
        cases.add(smooth("mean", Tolerance.sum(37), (_, x) -> x.get(0).mean(LONG), real(TIME, LONG)));
        cases.add(smooth("maximum over an axis", EXACT, (_, x) -> x.get(0).max(TIME), real(TIME, WIDTH)));
        cases.add(smooth("maximum over the last axis", EXACT, (_, x) -> x.get(0).max(LONG), real(TIME, LONG)));
        cases.add(smooth("maximum over two axes", EXACT, (_, x) -> x.get(0).max(TIME, LONG), real(TIME, WIDTH, LONG)));
        cases.add(smooth("maximum over an axis of size 1", EXACT, (_, x) -> x.get(0).max(ONE), real(TIME, ONE)));
        cases.add(
                rough("maximum, all negative", EXACT, (_, x) -> x.get(0).max(TIME), given(List.of(-3.0, -2.0), TIME)));
        cases.add(rough("maximum, of infinities alone", EXACT, (_, x) -> x.get(0).max(TIME),
                given(List.of(Double.NEGATIVE_INFINITY), TIME)));
        cases.add(rough("maximum, integers", EXACT, (_, x) -> x.get(0).max(TIME), integers(-9, 0, TIME, WIDTH)));
        cases.add(rough("argmax, with ties", EXACT, (_, x) -> x.get(0).argmax(CLASS),
                given(List.of(1.0, 3.0, 3.0, -1.0, 0.0), TIME, CLASS)));
    }

    private static void views(List<OpCase> cases) {
        Axis head = new Axis("head", 2);
        Axis channel = new Axis("channel", 3);
        Axis width = new Axis("width", 6);
        cases.add(smooth("expand", EXACT, (_, x) -> x.get(0).expand(WIDTH), real(TIME)));
        cases.add(smooth("expand, a scalar twice", EXACT, (_, x) -> x.get(0).expand(WIDTH, TIME), real()));
        cases.add(smooth("expand, then summed along it", Tolerance.sum(3), (_, x) -> x.get(0).expand(WIDTH).sum(WIDTH),
                real(TIME)));
        cases.add(rough("expand, truth values", EXACT, (_, x) -> x.get(0).expand(WIDTH), truths(TIME)));
        cases.add(smooth("rename", EXACT, (_, x) -> x.get(0).rename("time", "query"), real(WIDTH, TIME)));
        cases.add(smooth("rename, beside the old name", Tolerance.sum(1),
                (_, x) -> x.get(0).outer(x.get(0).rename("time", "key")), real(TIME)));
        cases.add(smooth("split", EXACT, (_, x) -> x.get(0).split("width", head, channel), real(TIME, width)));
        cases.add(smooth("split, the first axis", EXACT, (_, x) -> x.get(0).split("width", channel, head),
                real(width, TIME)));
        cases.add(smooth("split, a part of size 1", EXACT, (_, x) -> x.get(0).split("width", ONE, width.named("rest")),
                real(width)));
        cases.add(smooth("split, keeping its name", EXACT, (_, x) -> x.get(0).split("width", head, width.sized(3)),
                real(TIME, width)));
        cases.add(smooth("merge", EXACT, (_, x) -> x.get(0).merge("head", "channel", "width"),
                real(TIME, head, channel)));
        cases.add(smooth("merge, the inner axis first", EXACT, (_, x) -> x.get(0).merge("head", "channel", "width"),
                real(channel, head, TIME)));
        cases.add(smooth("merge, apart", EXACT, (_, x) -> x.get(0).merge("head", "channel", "head"),
                real(head, TIME, channel)));
        cases.add(smooth("merge, what was split", EXACT,
                (_, x) -> x.get(0).split("width", head, channel).merge("channel", "head", "width"), real(TIME, width)));
        cases.add(smooth("merge, what was expanded", EXACT,
                (_, x) -> x.get(0).expand(WIDTH).merge("width", "time", "both"),
                real(TIME)));
        cases.add(smooth("slice, the start", EXACT, (_, x) -> x.get(0).slice("time", 0, 2), real(TIME, WIDTH)));
        cases.add(smooth("slice, the end", EXACT, (_, x) -> x.get(0).slice("time", 2, 3), real(WIDTH, TIME)));
        cases.add(smooth("slice, one position", EXACT, (_, x) -> x.get(0).slice("long", 36, 1), real(TIME, LONG)));
        cases.add(smooth("slice, of a slice", EXACT, (_, x) -> x.get(0).slice("long", 5, 30).slice("long", 7, 16),
                real(TIME, LONG)));
        cases.add(rough("slice, integers", EXACT, (_, x) -> x.get(0).slice("time", 1, 3), integers(0, 9, TIME)));
        cases.add(smooth("one position", EXACT, (_, x) -> x.get(0).at("time", 4), real(TIME, WIDTH)));
        cases.add(smooth("pad", EXACT, (_, x) -> x.get(0).pad("time", 2, 1), real(TIME, WIDTH)));
        cases.add(smooth("pad, before only", EXACT, (_, x) -> x.get(0).pad("width", 3, 0), real(TIME, WIDTH)));
        cases.add(smooth("pad, a slice", EXACT, (_, x) -> x.get(0).slice("time", 1, 3).pad("time", 0, 2),
                real(WIDTH, TIME)));
        cases.add(rough("pad, integers", EXACT, (_, x) -> x.get(0).pad("time", 1, 1), integers(1, 9, TIME)));
        cases.add(smooth("concatenate", EXACT, (_, x) -> Tensor.concatenate("time", x.get(0), x.get(1)),
                real(TIME, WIDTH), real(WIDTH, TIME.sized(2))));
        cases.add(smooth("concatenate, three, the last axis", EXACT,
                (_, x) -> Tensor.concatenate("width", x.get(0), x.get(1), x.get(0)), real(TIME, WIDTH),
                real(TIME, WIDTH.sized(1))));
        cases.add(smooth("concatenate, one", EXACT, (_, x) -> Tensor.concatenate("time", x.get(0)), real(TIME)));
        cases.add(rough("concatenate, integers", EXACT, (_, x) -> Tensor.concatenate("time", x.get(0), x.get(1)),
                integers(0, 9, TIME), integers(0, 9, TIME)));
        cases.add(smooth("a shift: pad and slice", EXACT, (_, x) -> x.get(0).pad("time", 1, 0).slice("time", 0, 5),
                real(TIME, WIDTH)));
        cases.add(smooth("views of views", Tolerance.sum(5), (_, x) -> x.get(0).split("width", head, channel)
                .slice("channel", 1, 2).rename("head", "part").merge("part", "channel", "width")
                .expand(WIDTH.named("copy"))
                .mul(x.get(0).slice("width", 2, 4)).sum(TIME), real(TIME, width)));
    }

    private static void lookups(List<OpCase> cases) {
        cases.add(
                smooth("gather, rows of a table", EXACT, (_, x) -> x.get(0).gather(CLASS, x.get(1)), real(CLASS, WIDTH),
                        integers(0, 7, TIME)));
        cases.add(smooth("gather, by a scalar", EXACT, (_, x) -> x.get(0).gather(CLASS, x.get(1)), real(WIDTH, CLASS),
                integers(0, 7)));
        cases.add(
                smooth("gather, an axis matched", EXACT, (_, x) -> x.get(0).gather(CLASS, x.get(1)), real(TIME, CLASS),
                        integers(0, 7, TIME)));
        cases.add(smooth("gather, matched and new axes", EXACT, (_, x) -> x.get(0).gather(CLASS, x.get(1)),
                real(CLASS, WIDTH, TIME), integers(0, 7, LONG, TIME)));
        cases.add(smooth("gather, from an axis of size 1", EXACT, (_, x) -> x.get(0).gather(ONE, x.get(1)),
                real(ONE, WIDTH),
                integers(0, 1, TIME)));
        cases.add(rough("gather, integers", EXACT, (_, x) -> x.get(0).gather(CLASS, x.get(1)), integers(0, 9, CLASS),
                integers(0, 7, TIME)));
        cases.add(smooth("scatter-add, into rows of a table", Tolerance.sum(37),
                (_, x) -> scatter(x.get(0), x.get(1), "long"), real(LONG, WIDTH), integers(0, 7, LONG)));
        cases.add(smooth("scatter-add, an axis matched", EXACT, (_, x) -> scatter(x.get(0), x.get(1), ""), real(TIME),
                integers(0, 7, TIME)));
        cases.add(smooth("scatter-add, matched and summed axes", Tolerance.sum(5),
                (_, x) -> scatter(x.get(0), x.get(1), "time"), real(WIDTH, TIME, LONG), integers(0, 7, TIME, LONG)));
        cases.add(smooth("scatter-add, by a scalar", EXACT, (_, x) -> scatter(x.get(0), x.get(1), ""), real(WIDTH),
                integers(0, 7)));
    }

    /// Adds up along one axis of the index, and matches all others.
    private static Tensor scatter(Tensor updates, Tensor index, String summed) {
        return updates.scatterAdd(CLASS, index, index.axes().stream().filter(a -> !a.name().equals(summed)).toList());
    }

    private static void composites(List<OpCase> cases) {
        cases.add(smooth("softmax", FUNCTION, (_, x) -> x.get(0).softmax(CLASS), real(TIME, CLASS)));
        cases.add(smooth("softmax, the first axis", FUNCTION, (_, x) -> x.get(0).softmax(CLASS), real(CLASS, WIDTH)));
        cases.add(smooth("softmax, an axis of size 1", FUNCTION, (_, x) -> x.get(0).softmax(ONE), real(TIME, ONE)));
        cases.add(rough("softmax, large magnitudes", FUNCTION, (_, x) -> x.get(0).softmax(CLASS),
                given(List.of(10000.0, 9999.0, -30000.0, 0.0, 9998.5), TIME, CLASS)));
        cases.add(smooth("softmax, masked", FUNCTION, (g, x) -> {
            Tensor key = g.index(CLASS).expand(TIME);
            Tensor seen = key.lessOrEqual(g.index(TIME));
            return seen.select(x.get(0), g.constant(Double.NEGATIVE_INFINITY)).softmax(CLASS);
        }, real(TIME, CLASS)));
        cases.add(smooth("softmax gradient", FUNCTION,
                (_, x) -> x.get(0).call(new Composites.SoftmaxGradient("class"), x.get(1)),
                real(TIME, CLASS), real(CLASS, TIME)));
        cases.add(smooth("layer norm", CHAIN, (_, x) -> x.get(0).layerNorm(CLASS, 1e-5), spread(TIME, CLASS)));
        cases.add(smooth("layer norm, the first axis", CHAIN, (_, x) -> x.get(0).layerNorm(LONG, 1e-5),
                spread(LONG, TIME)));
        cases.add(rough("layer norm, an axis of size 1", CHAIN, (_, x) -> x.get(0).layerNorm(ONE, 1e-5),
                real(TIME, ONE)));
        cases.add(smooth("layer norm gradient", CHAIN,
                (_, x) -> x.get(0).call(new Composites.LayerNormGradient("class", 1e-5), x.get(1)), spread(TIME, CLASS),
                real(CLASS, TIME)));
        cases.add(smooth("gelu", FUNCTION, (_, x) -> x.get(0).gelu(), real(TIME, LONG)));
        cases.add(rough("gelu, far out", FUNCTION, (_, x) -> x.get(0).gelu(),
                given(List.of(-50.0, -6.0, 0.0, 5.0, 60.0), TIME)));
        cases.add(smooth("gelu gradient", FUNCTION, (_, x) -> x.get(0).call(new Composites.GeluGradient(), x.get(1)),
                real(TIME, LONG), real(LONG, TIME)));
        cases.add(smooth("cross entropy", FUNCTION, (_, x) -> x.get(0).crossEntropy(CLASS, x.get(1)), real(TIME, CLASS),
                integers(0, 7, TIME)));
        cases.add(smooth("cross entropy, targets with an axis of their own", FUNCTION,
                (_, x) -> x.get(0).crossEntropy(CLASS, x.get(1)), real(CLASS, WIDTH), integers(0, 7, TIME)));
        cases.add(smooth("cross entropy, targets that lack an axis", FUNCTION,
                (_, x) -> x.get(0).crossEntropy(CLASS, x.get(1)), real(TIME, CLASS, WIDTH), integers(0, 7, WIDTH)));
        cases.add(smooth("cross entropy, one target", FUNCTION, (_, x) -> x.get(0).crossEntropy(CLASS, x.get(1)),
                real(TIME, CLASS), integers(0, 7)));
        cases.add(rough("cross entropy, large magnitudes", FUNCTION, (_, x) -> x.get(0).crossEntropy(CLASS, x.get(1)),
                given(List.of(10000.0, 9999.0, -30000.0, 0.0, 9998.5), TIME, CLASS), integers(0, 7, TIME)));
        cases.add(smooth("cross entropy gradient", FUNCTION,
                (_, x) -> x.get(0).call(new Composites.CrossEntropyGradient("class"), x.get(1), x.get(2)),
                real(TIME, CLASS), integers(0, 7, TIME), real(TIME)));
    }
}
