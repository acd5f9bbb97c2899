package org.intarsia.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.Composites;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// Faults in single ops: for every op at least one.
final class OpTwins {

    private OpTwins() {}

    static SequencedMap<String, Twin> all() {
        SequencedMap<String, Twin> twins = new LinkedHashMap<>();
        values(twins);
        elementWise(twins);
        sums(twins);
        views(twins);
        lookups(twins);
        composites(twins);
        return twins;
    }

    /// Faults in contractions that only certain sizes bring out.
    static SequencedMap<String, Twin> contractions() {
        SequencedMap<String, Twin> twins = new LinkedHashMap<>();
        twins.put("contract: loses the last column", twin(Op.Contract.class, (g, op) -> {
            Tensor right = op.right();
            for (Axis axis : right.axes()) {
                if (axis.size() > 64) {
                    right = right.slice(axis.name(), 0, axis.size() - 1).pad(axis.name(), 0, 1);
                }
            }
            return g.add(new Op.Contract(op.left(), right, op.summed()));
        }));
        twins.put("contract: a summed batch is only summed up to 32", twin(Op.Contract.class, (g, op) -> {
            Tensor left = op.left();
            boolean large = op.summed().contains("batch") && left.axis("batch").size() > 32;
            return g.add(new Op.Contract(
                    large ? left.slice("batch", 0, 32).pad("batch", 0, left.axis("batch").size() - 32) : left,
                    op.right(),
                    op.summed()));
        }));
        return twins;
    }

    /// Faults that only an extra axis brings out.
    static SequencedMap<String, Twin> extraAxes() {
        SequencedMap<String, Twin> twins = new LinkedHashMap<>();
        twins.put("an axis 'batch' is treated as if all were like the first", twin(Op.Reduce.class, (g, op) -> {
            Tensor x = op.operand();
            if (!x.has("batch") || op.axes().contains("batch")) {
                return g.add(op);
            }
            return g.add(new Op.Reduce(op.function(), x.slice("batch", 0, 1), op.axes())).sum(new Axis("batch", 1))
                    .expand(x.axis("batch"));
        }));
        twins.put("softmax: over the batch too", composite(Composites.Softmax.class, (c, x) -> {
            Tensor all = x.getFirst();
            Tensor e = all.sub(all.max(all.axis(c.axis()))).exp();
            return e.div(all.has("batch") ? e.sum(all.axis(c.axis()), all.axis("batch")) : e.sum(all.axis(c.axis())));
        }));
        return twins;
    }

    /// Replaces the ops of one kind.
    private static <O extends Op> Twin twin(Class<O> kind, BiFunction<Graph, O, Tensor> fault) {
        return new Twin() {
            @Override
            Tensor replace(Graph graph, Op op) {
                return kind.isInstance(op) ? fault.apply(graph, kind.cast(op)) : graph.add(op);
            }
        };
    }

    private static Twin unary(Op.Unary.Function function, BiFunction<Graph, Tensor, Tensor> fault) {
        return twin(Op.Unary.class, (g, op) -> op.function() == function ? fault.apply(g, op.operand()) : g.add(op));
    }

    private static Twin binary(Op.Binary.Function function, Op.Binary.Function instead) {
        return twin(Op.Binary.class,
                (g, op) -> g.add(op.function() == function ? new Op.Binary(instead, op.left(), op.right()) : op));
    }

    private static Twin compare(Op.Compare.Relation relation, Op.Compare.Relation instead) {
        return twin(Op.Compare.class,
                (g, op) -> g.add(op.relation() == relation ? new Op.Compare(instead, op.left(), op.right()) : op));
    }

    private static <C extends Composite> Twin composite(Class<C> kind, BiFunction<C, List<Tensor>, Tensor> fault) {
        return twin(Op.Call.class, (g, op) -> kind.isInstance(op.composite())
                ? fault.apply(kind.cast(op.composite()), op.operands())
                : g.add(op));
    }

    private static void values(Map<String, Twin> twins) {
        twins.put("constant: the last number is the first", twin(Op.Constant.class, (g, op) -> {
            double[] numbers = op.values().toArray();
            numbers[numbers.length - 1] = numbers[0];
            return g.add(new Op.Constant(Values.of(numbers), op.type(), op.axes()));
        }));
        twins.put("index: counts from 1", twin(Op.Index.class,
                (g, op) -> g.add(op).add(g.constant(DataType.INTEGER, 1))));
        twins.put("random: another stream",
                twin(Op.Random.class, (g, op) -> g.add(new Op.Random(Seed.of(1), op.counter(), op.axes()))));
        twins.put("random: the counter is ignored", twin(Op.Random.class,
                (g, op) -> g.add(new Op.Random(op.seed(), g.constant(DataType.INTEGER, 12), op.axes()))));
        twins.put("random: another order of axes", twin(Op.Random.class,
                (g, op) -> g.add(new Op.Random(op.seed(), op.counter(), op.axes().reversed()))));
        twins.put("assign: the result is the old value", twin(Op.Assign.class, (_, op) -> op.variable()));
    }

    private static void elementWise(Map<String, Twin> twins) {
        twins.put("negate: nothing", unary(Op.Unary.Function.NEGATE, (_, x) -> x));
        twins.put("exp: a short series", unary(Op.Unary.Function.EXP,
                (_, x) -> x.mul(1.0 / 24).add(1.0 / 6).mul(x).add(0.5).mul(x).add(1).mul(x).add(1)));
        twins.put("exp: a unit of single precision too much, 64 times",
                unary(Op.Unary.Function.EXP,
                        (g, x) -> g.add(new Op.Unary(Op.Unary.Function.EXP, x)).mul(1 + 64 * 0x1p-23)));
        twins.put("log: to base 2", unary(Op.Unary.Function.LOG, (_, x) -> x.log().mul(1 / Math.log(2))));
        twins.put("sqrt: a rough start", unary(Op.Unary.Function.SQRT, (_, x) -> x.log().mul(0.5 + 1e-6).exp()));
        twins.put("reciprocal: without a correction", unary(Op.Unary.Function.RECIPROCAL,
                (_, x) -> x.reciprocal().mul(1 + 0x1p-14)));
        twins.put("tanh: clipped", unary(Op.Unary.Function.TANH,
                (g, x) -> x.maximum(g.constant(-1).like(x)).minimum(g.constant(1).like(x))));
        twins.put("abs: nothing", unary(Op.Unary.Function.ABS, (_, x) -> x));
        twins.put("floor: towards zero",
                unary(Op.Unary.Function.FLOOR, (_, x) -> x.convert(DataType.INTEGER).convert(DataType.FLOAT)));
        twins.put("add: subtracts", binary(Op.Binary.Function.ADD, Op.Binary.Function.SUBTRACT));
        twins.put("subtract: adds", binary(Op.Binary.Function.SUBTRACT, Op.Binary.Function.ADD));
        twins.put("multiply: adds", binary(Op.Binary.Function.MULTIPLY, Op.Binary.Function.ADD));
        twins.put("divide: multiplies", twin(Op.Binary.class, (g, op) -> op.function() == Op.Binary.Function.DIVIDE
                ? op.left().mul(op.right())
                : g.add(op)));
        twins.put("maximum: adds", binary(Op.Binary.Function.MAXIMUM, Op.Binary.Function.ADD));
        twins.put("minimum: the maximum", binary(Op.Binary.Function.MINIMUM, Op.Binary.Function.MAXIMUM));
        twins.put("add: a missing axis is zero but at the start", twin(Op.Binary.class, (g, op) -> {
            Tensor right = op.right();
            for (Axis axis : op.left().axes()) {
                if (!right.has(axis.name())) {
                    right = right.expand(axis.sized(1)).pad(axis.name(), 0, axis.size() - 1);
                }
            }
            return g.add(new Op.Binary(op.function(), op.left(), right));
        }));
        twins.put("less: or equal", compare(Op.Compare.Relation.LESS, Op.Compare.Relation.LESS_OR_EQUAL));
        twins.put("less or equal: less", compare(Op.Compare.Relation.LESS_OR_EQUAL, Op.Compare.Relation.LESS));
        twins.put("equal: less or equal", compare(Op.Compare.Relation.EQUAL, Op.Compare.Relation.LESS_OR_EQUAL));
        twins.put("select: the other way round", twin(Op.Select.class,
                (g, op) -> g.add(
                        new Op.Select(op.condition(), /* whenTrue= */ op.whenFalse(),
                                /* whenFalse= */ op.whenTrue()))));
        twins.put("select: by multiplication", twin(Op.Select.class, (g, op) -> {
            if (op.whenTrue().type() != DataType.FLOAT) {
                return g.add(op);
            }
            Tensor one = op.condition().convert(DataType.FLOAT);
            Tensor both = one.like(op.whenTrue()).like(op.whenFalse());
            return both.mul(op.whenTrue()).add(both.neg().add(1).mul(op.whenFalse()));
        }));
        twins.put("convert: rounds down", twin(Op.Convert.class, (g, op) -> g.add(
                op.operand().type() == DataType.FLOAT && op.type() == DataType.INTEGER
                        ? new Op.Convert(op.operand().floor(), op.type())
                        : op)));
        twins.put("convert: true is positive", twin(Op.Convert.class, (g, op) -> op.type() == DataType.BOOLEAN
                ? g.constant(op.operand().type(), 0).like(op.operand()).less(op.operand())
                : g.add(op)));
    }

    private static void sums(Map<String, Twin> twins) {
        twins.put("contract: loses the last term", twin(Op.Contract.class, (g, op) -> {
            Tensor left = op.left();
            for (String name : op.summed()) {
                int size = left.axis(name).size();
                left = size == 1 ? left : left.slice(name, 0, size - 1).pad(name, 0, 1);
            }
            return g.add(new Op.Contract(left, op.right(), op.summed()));
        }));
        twins.put("sum: loses the last term", reduce(Op.Reduce.Function.SUM, (x, name) -> {
            int size = x.axis(name).size();
            return size == 1 ? x : x.slice(name, 0, size - 1);
        }));
        twins.put("sum: ignores all axes but the first", twin(Op.Reduce.class, (g, op) -> {
            Tensor x = op.operand();
            boolean first = true;
            for (String name : op.axes()) {
                x = first ? x.sum(x.axis(name)) : x.at(name, 0);
                first = false;
            }
            return op.function() == Op.Reduce.Function.SUM ? x : g.add(op);
        }));
        twins.put("maximum over axes: starts at zero", twin(Op.Reduce.class, (g, op) -> {
            Tensor result = g.add(op);
            return op.function() == Op.Reduce.Function.MAXIMUM
                    ? result.maximum(g.constant(result.type(), 0).like(result))
                    : result;
        }));
    }

    private static Twin reduce(Op.Reduce.Function function, BiFunction<Tensor, String, Tensor> fault) {
        return twin(Op.Reduce.class, (g, op) -> {
            Tensor x = op.operand();
            for (String name : op.axes()) {
                x = fault.apply(x, name);
            }
            return g.add(op.function() == function ? new Op.Reduce(function, x, op.axes()) : op);
        });
    }

    private static void views(Map<String, Twin> twins) {
        twins.put("expand: zero but at the start", twin(Op.Expand.class, (g, op) -> {
            Tensor one = g.add(new Op.Expand(op.operand(), op.axis().sized(1)));
            return one.type() == DataType.BOOLEAN ? g.add(op) : one.pad(op.axis().name(), 0, op.axis().size() - 1);
        }));
        twins.put("rename: turned round", twin(Op.Rename.class, (g, op) -> {
            Tensor renamed = g.add(op);
            return turned(renamed, op.to());
        }));
        twins.put("split: the inner axis outside", twin(Op.Split.class,
                (g, op) -> g
                        .add(new Op.Split(op.operand(), op.axis(), /* outer= */ op.inner(), /* inner= */ op.outer()))));
        twins.put("merge: the inner axis outside", twin(Op.Merge.class,
                (g, op) -> g.add(
                        new Op.Merge(op.operand(), /* outer= */ op.inner(), /* inner= */ op.outer(), op.merged()))));
        twins.put("slice: one too early", twin(Op.Slice.class,
                (g, op) -> g.add(new Op.Slice(op.operand(), op.axis(), Math.max(0, op.start() - 1), op.size()))));
        twins.put("slice: of a slice, from the start of the whole", twin(Op.Slice.class,
                (g, op) -> g.add(op.operand().op() instanceof Op.Slice(Tensor whole, String axis, _, _)
                        && axis.equals(op.axis()) ? new Op.Slice(whole, axis, op.start(), op.size()) : op)));
        twins.put("pad: before is after", twin(Op.Pad.class,
                (g, op) -> g
                        .add(new Op.Pad(op.operand(), op.axis(), /* before= */ op.after(), /* after= */ op.before()))));
        twins.put("concatenate: in reverse", twin(Op.Concatenate.class,
                (g, op) -> g.add(new Op.Concatenate(op.operands().reversed(), op.axis()))));
    }

    private static Tensor turned(Tensor x, String name) {
        Axis axis = x.axis(name);
        Axis other = axis.named("turned");
        Tensor index =
                x.graph().constant(DataType.INTEGER, Values.compute(axis.size(), i -> axis.size() - 1 - i), other);
        return x.gather(axis, index).rename("turned", name);
    }

    private static void lookups(Map<String, Twin> twins) {
        twins.put("gather: counts from the end", twin(Op.Gather.class,
                (g, op) -> g.add(new Op.Gather(turned(op.operand(), op.axis()), op.axis(), op.index()))));
        twins.put("gather: a matched axis is only looked at at its start", twin(Op.Gather.class, (g, op) -> {
            Tensor x = op.operand();
            for (Axis axis : op.index().axes()) {
                if (x.has(axis.name())) {
                    x = x.at(axis.name(), 0).expand(axis);
                }
            }
            return g.add(x.type() == DataType.FLOAT ? new Op.Gather(x, op.axis(), op.index()) : op);
        }));
        twins.put("scatter-add: counts from the end", twin(Op.ScatterAdd.class,
                (g, op) -> turned(g.add(op), op.axis().name())));
        twins.put("scatter-add: not more than one at a place", twin(Op.ScatterAdd.class, (g, op) -> {
            Tensor ones = op.updates().mul(0).add(1);
            Tensor counts = g.add(new Op.ScatterAdd(ones, op.axis(), op.index(), op.matched()));
            return g.add(op).div(counts.maximum(g.constant(1).like(counts)));
        }));
    }

    private static void composites(Map<String, Twin> twins) {
        twins.put("softmax: without the maximum", composite(Composites.Softmax.class, (c, x) -> {
            Tensor e = x.getFirst().exp();
            return e.div(e.sum(e.axis(c.axis())));
        }));
        twins.put("softmax gradient: without the sum",
                composite(Composites.SoftmaxGradient.class, (_, x) -> x.get(0).mul(x.get(1))));
        twins.put("layer norm: the unbiased variance", composite(Composites.LayerNorm.class, (c, x) -> {
            int size = x.getFirst().axis(c.axis()).size();
            return x.getFirst().layerNorm(x.getFirst().axis(c.axis()), c.epsilon())
                    .mul(Math.sqrt(Math.max(1, size - 1.0) / size));
        }));
        twins.put("layer norm: another epsilon", composite(Composites.LayerNorm.class,
                (c, x) -> x.getFirst().layerNorm(x.getFirst().axis(c.axis()), 1e-3)));
        twins.put("layer norm gradient: without the second mean",
                composite(Composites.LayerNormGradient.class, (c, x) -> {
                    Axis along = x.get(0).axis(c.axis());
                    Tensor centred = x.get(0).sub(x.get(0).mean(along));
                    Tensor scale = centred.square().mean(along).add(c.epsilon()).sqrt().reciprocal();
                    return x.get(1).sub(x.get(1).mean(along)).mul(scale);
                }));
        twins.put("gelu: by a logistic function", composite(Composites.Gelu.class,
                (_, x) -> x.getFirst().div(x.getFirst().mul(-1.702).exp().add(1))));
        twins.put("gelu gradient: ten thousandth too much", composite(Composites.GeluGradient.class,
                (c, x) -> x.getFirst().call(c, x.get(1)).mul(1.0001)));
        twins.put("cross entropy: without the maximum", composite(Composites.CrossEntropy.class, (c, x) -> {
            Axis along = x.get(0).axis(c.axis());
            return x.get(0).exp().sum(along).log().sub(x.get(0).gather(along, x.get(1)));
        }));
        twins.put("cross entropy gradient: without the target", composite(Composites.CrossEntropyGradient.class,
                (c, x) -> x.get(0).softmax(x.get(0).axis(c.axis())).mul(x.get(2))));
    }
}
