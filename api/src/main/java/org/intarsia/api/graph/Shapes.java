package org.intarsia.api.graph;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The shape rule of every op: the axes and the type of its result, or a [ShapeException] that says what does not fit.
final class Shapes {

    private final Op op;
    private final String path;

    private Shapes(Op op, String path) {
        this.op = op;
        this.path = path;
    }

    /// Returns the axes of the op's result.
    static List<Axis> axes(Op op, String path) {
        return List.copyOf(new Shapes(op, path).axes());
    }

    /// Returns the type of the op's result.
    static DataType type(Op op, String path) {
        return new Shapes(op, path).type();
    }

    private List<Axis> axes() {
        return switch (op) {
            case Op.Input(_, _, List<Axis> axes) -> distinct(axes);
            case Op.Variable(_, List<Axis> axes, Initializer start, _) -> {
                if (start instanceof Initializer.Given(Values values)) {
                    counted(values, axes);
                }
                yield distinct(axes);
            }
            case Op.Constant(Values values, _, List<Axis> axes) -> counted(values, distinct(axes));
            case Op.Index(Axis axis) -> List.of(axis);
            case Op.Random(_, Tensor counter, List<Axis> axes) -> {
                if (!counter.axes().isEmpty()) {
                    throw error("the counter must be a scalar, not " + show(counter));
                }
                yield distinct(axes);
            }
            case Op.Unary(_, Tensor x) -> x.axes();
            case Op.Binary(_, Tensor x, Tensor y) -> containing(x, y);
            case Op.Compare(_, Tensor x, Tensor y) -> containing(x, y);
            case Op.Select(Tensor c, Tensor x, Tensor y) -> containing(c, x, y);
            case Op.Convert(Tensor x, _) -> x.axes();
            case Op.Contract(Tensor x, Tensor y, Set<String> summed) -> {
                agree(x, y);
                summed.forEach(name -> {
                    require(x, name);
                    require(y, name);
                });
                List<Axis> axes = without(x.axes(), summed);
                y.axes().stream().filter(a -> !x.has(a.name())).forEach(axes::add);
                yield axes;
            }
            case Op.Reduce(_, Tensor x, Set<String> names) -> {
                names.forEach(name -> require(x, name));
                yield without(x.axes(), names);
            }
            case Op.Expand(Tensor x, Axis axis) -> plus(absent(x, axis.name()), axis);
            case Op.Rename(Tensor x, String from, String to) -> {
                Axis axis = require(x, from);
                yield replaced(absent(x, to), from, List.of(axis.named(to)));
            }
            case Op.Split(Tensor x, String name, Axis outer, Axis inner) -> {
                Axis axis = require(x, name);
                if ((long) outer.size() * inner.size() != axis.size()) {
                    throw error(axis + " cannot become " + outer + " by " + inner + " of " + show(x));
                }
                yield distinct(replaced(x.axes(), name, List.of(outer, inner)));
            }
            case Op.Merge(Tensor x, String outer, String inner, String merged) -> {
                int size = Math.multiplyExact(require(x, outer).size(), require(x, inner).size());
                if (outer.equals(inner)) {
                    throw error("'" + outer + "' cannot be merged with itself");
                }
                List<Axis> rest = without(x.axes(), Set.of(inner));
                yield distinct(replaced(rest, outer, List.of(new Axis(merged, size))));
            }
            case Op.Slice(Tensor x, String name, int start, int size) -> {
                Axis axis = require(x, name);
                if (start < 0 || size < 1 || size > axis.size() - start) {
                    throw error("positions " + start + " to " + (start + size - 1) + " are not within " + axis + " of "
                            + show(x));
                }
                yield replaced(x.axes(), name, List.of(axis.sized(size)));
            }
            case Op.Pad(Tensor x, String name, int before, int after) -> {
                Axis axis = require(x, name);
                if (before < 0 || after < 0) {
                    throw error(axis + " cannot be padded by " + before + " and " + after);
                }
                yield replaced(x.axes(), name, List.of(axis.sized(before + axis.size() + after)));
            }
            case Op.Concatenate(List<Tensor> parts, String name) -> concatenated(parts, name);
            case Op.Gather(Tensor x, String name, Tensor index) -> {
                require(x, name);
                if (index.has(name)) {
                    throw error(
                            "the index " + show(index) + " may not have the axis '" + name + "' that it points along");
                }
                agree(x, index);
                yield replaced(x.axes(), name, index.axes().stream().filter(a -> !x.has(a.name())).toList());
            }
            case Op.ScatterAdd(Tensor updates, Axis axis, Tensor index, Set<String> matched) -> {
                agree(updates, index);
                index.axes().forEach(a -> require(updates, a.name()));
                matched.forEach(name -> require(index, name));
                absent(updates, axis.name());
                Set<String> summed = new LinkedHashSet<>(index.axes().stream().map(Axis::name).toList());
                summed.removeAll(matched);
                List<Axis> axes = new ArrayList<>(List.of(axis));
                axes.addAll(without(updates.axes(), summed));
                yield axes;
            }
            case Op.Assign(Tensor variable, Tensor value) -> {
                if (!(variable.op() instanceof Op.Variable)) {
                    throw error("only a variable can be assigned, not the result of " + variable.op().name());
                }
                if (!Set.copyOf(variable.axes()).equals(Set.copyOf(value.axes()))) {
                    throw error("the variable has " + show(variable) + " and the value " + show(value));
                }
                yield variable.axes();
            }
            case Op.Call(Composite composite, List<Tensor> operands) -> composite.decompose(operands).axes();
        };
    }

    private DataType type() {
        return switch (op) {
            case Op.Input(_, DataType type, _) -> type;
            case Op.Constant(_, DataType type, _) -> type;
            case Op.Variable _ -> DataType.FLOAT;
            case Op.Index _ -> DataType.INTEGER;
            case Op.Random(_, Tensor counter, _) -> {
                typed(counter, DataType.INTEGER);
                yield DataType.FLOAT;
            }
            case Op.Unary(Op.Unary.Function f, Tensor x) -> switch (f) {
                case NEGATE, ABS -> number(x);
                case EXP, LOG, SQRT, RECIPROCAL, TANH, FLOOR -> typed(x, DataType.FLOAT);
            };
            case Op.Binary(Op.Binary.Function f, Tensor x, Tensor y) -> {
                typed(y, number(x));
                yield f == Op.Binary.Function.DIVIDE ? typed(x, DataType.FLOAT) : x.type();
            }
            case Op.Compare(_, Tensor x, Tensor y) -> {
                typed(y, number(x));
                yield DataType.BOOLEAN;
            }
            case Op.Select(Tensor c, Tensor x, Tensor y) -> {
                typed(c, DataType.BOOLEAN);
                yield typed(y, x.type());
            }
            case Op.Convert(_, DataType type) -> type;
            case Op.Contract(Tensor x, Tensor y, _) -> {
                typed(x, DataType.FLOAT);
                yield typed(y, DataType.FLOAT);
            }
            case Op.Reduce(_, Tensor x, _) -> number(x);
            case Op.Expand(Tensor x, _) -> x.type();
            case Op.Rename(Tensor x, _, _) -> x.type();
            case Op.Split(Tensor x, _, _, _) -> x.type();
            case Op.Merge(Tensor x, _, _, _) -> x.type();
            case Op.Slice(Tensor x, _, _, _) -> x.type();
            case Op.Pad(Tensor x, _, _, _) -> x.type();
            case Op.Concatenate(List<Tensor> parts, _) -> {
                parts.forEach(part -> typed(part, parts.getFirst().type()));
                yield parts.getFirst().type();
            }
            case Op.Gather(Tensor x, _, Tensor index) -> {
                typed(index, DataType.INTEGER);
                yield x.type();
            }
            case Op.ScatterAdd(Tensor updates, _, Tensor index, _) -> {
                typed(index, DataType.INTEGER);
                yield typed(updates, DataType.FLOAT);
            }
            case Op.Assign(_, Tensor value) -> typed(value, DataType.FLOAT);
            case Op.Call(Composite composite, List<Tensor> operands) -> composite.decompose(operands).type();
        };
    }

    private List<Axis> concatenated(List<Tensor> parts, String name) {
        if (parts.isEmpty()) {
            throw error("there is nothing to concatenate");
        }
        Tensor first = parts.getFirst();
        int size = 0;
        for (Tensor part : parts) {
            size += require(part, name).size();
            Set<Axis> others = Set.copyOf(without(first.axes(), Set.of(name)));
            if (!others.equals(Set.copyOf(without(part.axes(), Set.of(name))))) {
                throw error(show(first) + " and " + show(part) + " differ in another axis than '" + name + "'");
            }
        }
        return replaced(first.axes(), name, List.of(new Axis(name, size)));
    }

    /// Returns the axes of the operand that has all axes of the others.
    private List<Axis> containing(Tensor... operands) {
        for (Tensor candidate : operands) {
            boolean contains = true;
            for (Tensor other : operands) {
                agree(candidate, other);
                contains &= other.axes().stream().allMatch(a -> candidate.has(a.name()));
            }
            if (contains) {
                return candidate.axes();
            }
        }
        throw error("no operand has all axes of "
                + List.of(operands).stream().map(Shapes::show).collect(joining(" and "))
                + "; spell out an outer combination with outer or expand");
    }

    /// Checks that a name that both have has one size.
    private void agree(Tensor x, Tensor y) {
        for (Axis axis : x.axes()) {
            if (y.has(axis.name()) && y.axis(axis.name()).size() != axis.size()) {
                throw error("'" + axis.name() + "' is " + axis.size() + " in " + show(x) + " and "
                        + y.axis(axis.name()).size() + " in " + show(y));
            }
        }
    }

    private Axis require(Tensor x, String name) {
        if (!x.has(name)) {
            throw error("there is no axis '" + name + "' in " + show(x));
        }
        return x.axis(name);
    }

    private List<Axis> absent(Tensor x, String name) {
        if (x.has(name)) {
            throw error("there already is an axis '" + name + "' in " + show(x));
        }
        return x.axes();
    }

    private List<Axis> distinct(List<Axis> axes) {
        if (axes.stream().map(Axis::name).distinct().count() != axes.size()) {
            throw error("a name stands twice in " + Axis.describe(axes));
        }
        return axes;
    }

    private List<Axis> counted(Values values, List<Axis> axes) {
        if (values.count() != Axis.count(axes)) {
            throw error(values.count() + " values do not fill " + Axis.describe(axes));
        }
        return axes;
    }

    private DataType number(Tensor x) {
        if (x.type() == DataType.BOOLEAN) {
            throw error("a number is needed, not a truth value; use select or convert");
        }
        return x.type();
    }

    private DataType typed(Tensor x, DataType type) {
        if (x.type() != type) {
            throw error("an operand must be " + type + ", not " + x.type() + " " + show(x) + "; use convert");
        }
        return type;
    }

    private ShapeException error(String message) {
        return new ShapeException(op.name() + ": " + message + (path.isEmpty() ? "" : ", at " + path));
    }

    private static String show(Tensor x) {
        return Axis.describe(x.axes());
    }

    private static List<Axis> without(List<Axis> axes, Set<String> names) {
        return new ArrayList<>(axes.stream().filter(a -> !names.contains(a.name())).toList());
    }

    private static List<Axis> plus(List<Axis> axes, Axis axis) {
        List<Axis> all = new ArrayList<>(axes);
        all.add(axis);
        return all;
    }

    private static List<Axis> replaced(List<Axis> axes, String name, List<Axis> replacement) {
        List<Axis> all = new ArrayList<>();
        for (Axis axis : axes) {
            if (axis.name().equals(name)) {
                all.addAll(replacement);
            } else {
                all.add(axis);
            }
        }
        return all;
    }
}
