package org.intarsia.backends.opencl.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.opencl.plan.Region;

/// Writes the value of a tensor at a position. What is in memory is loaded; all else is computed where it is needed, once
/// in each block of code. All numbers are floats: truth values are 0 and 1, integers are exact up to 2²⁴.
final class Expressions {

    private final Region region;
    private final Memory memory;
    private final Faults faults;
    private final Numbers numbers;
    private final Text text;
    private final Map<Tensor, String> registers = new HashMap<>();

    Expressions(Region region, Memory memory, Faults faults, Numbers numbers, Text text) {
        this.region = region;
        this.memory = memory;
        this.faults = faults;
        this.numbers = numbers;
        this.text = text;
    }

    /// Says that a variable of the code has a value of this region, which is one number in each row.
    void register(Tensor node, String variable) {
        registers.put(node, variable);
    }

    /// Returns a variable with the value of a tensor.
    ///
    /// @param at the position along each of its axes, and perhaps along others
    String value(Tensor node, Map<String, String> at) {
        String register = registers.get(node);
        if (register != null) {
            return register;
        }
        String key = node.id() + key(node, at);
        String known = text.known(key);
        if (!known.isEmpty()) {
            return known;
        }
        if (memory.has(node)) {
            return text.name(key, "float", "v", element(node, memory.place(node), at));
        }
        String computed = compute(node, at);
        text.remember(key, computed);
        return computed;
    }

    private static String key(Tensor node, Map<String, String> at) {
        Map<String, String> own = new TreeMap<>(at);
        own.keySet().retainAll(node.axes().stream().map(Axis::name).toList());
        return own.toString();
    }

    /// Writes the computation of a value from its operands, whether or not it has a place in memory.
    String compute(Tensor node, Map<String, String> at) {
        return switch (node.op()) {
            case Op.Constant(var values, _, _) -> name(number(node, values.get(0)));
            case Op.Index(Axis axis) -> name("(float) " + at.get(axis.name()));
            case Op.Random(var seed, Tensor counter, List<Axis> axes) ->
                name("uniform(" + numbers.add("low " + node.id(), (int) seed.key())
                        + ", " + numbers.add("high " + node.id(), (int) (seed.key() >>> 32)) + ", "
                        + offset(node, "", axes, at)
                        + ", (long) " + value(counter, at) + ")");
            case Op.Unary(Op.Unary.Function f, Tensor x) -> name(unary(f, value(x, at)));
            case Op.Binary(Op.Binary.Function f, Tensor x, Tensor y) -> {
                String left = value(x, at);
                yield name(binary(f, left, value(y, at)));
            }
            case Op.Compare(Op.Compare.Relation relation, Tensor x, Tensor y) -> {
                String left = value(x, at);
                yield name("(" + left + switch (relation) {
                    case LESS -> " < ";
                    case LESS_OR_EQUAL -> " <= ";
                    case EQUAL -> " == ";
                } + value(y, at) + ") ? 1.0f : 0.0f");
            }
            case Op.Select(Tensor condition, Tensor x, Tensor y) -> {
                String holds = value(condition, at);
                String whenTrue = value(x, at);
                yield name("(" + holds + " != 0.0f) ? " + whenTrue + " : " + value(y, at));
            }
            case Op.Convert(Tensor x, DataType type) -> switch (type) {
                case FLOAT -> value(x, at);
                case INTEGER -> x.type() == DataType.FLOAT ? name("trunc(" + value(x, at) + ")") : value(x, at);
                case BOOLEAN -> name("(" + value(x, at) + " != 0.0f) ? 1.0f : 0.0f");
            };
            case Op.Contract(Tensor x, Tensor y, _) -> {
                String left = value(x, at);
                yield name(left + " * " + value(y, at));
            }
            case Op.Expand(Tensor x, _) -> value(x, at);
            case Op.Rename(Tensor x, String from, String to) -> value(x, with(at, from, position(at, to)));
            case Op.Split(Tensor x, String axis, Axis outer, Axis inner) -> value(x, with(at, axis,
                    position(position(at, outer.name()) + " * " + numbers.add("size " + node.id(), inner.size()) + " + "
                            + position(at, inner.name()))));
            case Op.Merge(Tensor x, String outer, String inner, String merged) -> {
                String size = numbers.add("size " + node.id(), x.axis(inner).size());
                String both = position(at, merged);
                yield value(x, with(with(at, outer, position(both + " / " + size)), inner,
                        position(both + " % " + size)));
            }
            case Op.Slice(Tensor x, String axis, int start, _) ->
                value(x, with(at, axis,
                        position(position(at, axis) + " + " + numbers.add("start " + node.id(), start))));
            case Op.Pad(Tensor x, String axis, int before, _) -> {
                String result = text.fresh("v");
                text.line("float " + result + " = 0.0f;");
                part(result, x, axis, position(position(at, axis) + " - " + numbers.add("start " + node.id(), before)),
                        at);
                yield result;
            }
            case Op.Concatenate(List<Tensor> parts, String axis) -> {
                String result = text.fresh("v");
                text.line("float " + result + " = 0.0f;");
                int start = 0;
                for (Tensor part : parts) {
                    String first = numbers.add("start " + node.id() + " of " + start, start);
                    part(result, part, axis, position(position(at, axis) + " - " + first), at);
                    start += part.axis(axis).size();
                }
                yield result;
            }
            case Op.Gather(Tensor x, String axis, Tensor index) ->
                value(x, with(at, axis, index(node, index, x.axis(axis), at)));
            case Op.Assign(_, Tensor assigned) -> value(assigned, at);
            case Op.Input _, Op.Variable _, Op.Reduce _, Op.ScatterAdd _, Op.Call _ ->
                throw new IllegalStateException("not an expression: " + node);
        };
    }

    /// Writes a part of a longer axis: its value if the position is within it.
    private void part(String result, Tensor x, String axis, String position, Map<String, String> at) {
        text.open("if (" + position + " >= 0 && " + position + " < "
                + numbers.add("size " + x.id() + axis, x.axis(axis).size()) + ")");
        text.line(result + " = " + value(x, with(at, axis, position)) + ";");
        text.close();
    }

    /// Writes the position along an axis to which an index points; the device reports it if it is not within.
    String index(Tensor node, Tensor index, Axis axis, Map<String, String> at) {
        int fault = faults.number(node, index, axis);
        String found = position("(int) " + value(index, at));
        return fault == 0 ? found
                : position("within(E, " + numbers.add("fault " + node.id(), fault) + ", " + found + ", "
                        + numbers.add("size " + node.id(), axis.size()) + ")");
    }

    /// Returns where an element of a value is.
    String element(Tensor node, Place place, Map<String, String> at) {
        return switch (place) {
            case Place.Arena(int offset) ->
                "A[" + offset(node, numbers.add("offset " + node.id(), offset), node.axes(), at) + "]";
            case Place.Variable(int offset) ->
                "V[" + offset(node, numbers.add("offset " + node.id(), offset), node.axes(), at) + "]";
            case Place.Local(int offset) -> {
                String start = numbers.add("offset " + node.id(), offset);
                yield "S[" + offset(node, start, region.inner(node), at) + "]";
            }
            case Place.Register _ -> throw new IllegalStateException("not in memory: " + node);
        };
    }

    private String offset(Tensor node, String start, List<Axis> axes, Map<String, String> at) {
        List<String> terms = new ArrayList<>();
        if (!start.isEmpty()) {
            terms.add(start);
        }
        int stride = Axis.count(axes);
        for (Axis axis : axes) {
            stride /= axis.size();
            String position = position(at, axis.name());
            terms.add(axis.equals(axes.getLast()) ? position
                    : position + " * " + numbers.add("stride " + node.id() + axis.name(), stride));
        }
        return terms.isEmpty() ? "0" : String.join(" + ", terms);
    }

    private static Map<String, String> with(Map<String, String> at, String axis, String position) {
        Map<String, String> changed = new HashMap<>(at);
        changed.put(axis, position);
        return changed;
    }

    private static String position(Map<String, String> at, String axis) {
        String position = at.get(axis);
        if (position == null) {
            throw new IllegalStateException("no position along " + axis + " among " + at);
        }
        return position;
    }

    /// Names a position once for all that use it.
    private String position(String expression) {
        String known = text.known(expression);
        return known.isEmpty() ? text.name(expression, "int", "p", expression) : known;
    }

    private String name(String expression) {
        String name = text.fresh("v");
        text.line("const float " + name + " = " + expression + ";");
        return name;
    }

    private String number(Tensor node, double value) {
        return "as_float(" + numbers.add("value " + node.id(), Float.floatToRawIntBits((float) value)) + ")";
    }

    private static String unary(Op.Unary.Function f, String x) {
        return switch (f) {
            case NEGATE -> "-" + x;
            case EXP -> "exp(" + x + ")";
            case LOG -> "log(" + x + ")";
            case SQRT -> "sqrt(" + x + ")";
            case RECIPROCAL -> "1.0f / " + x;
            case TANH -> "tanh_(" + x + ")";
            case ABS -> "fabs(" + x + ")";
            case FLOOR -> "floor(" + x + ")";
        };
    }

    private static String binary(Op.Binary.Function f, String x, String y) {
        return switch (f) {
            case ADD -> x + " + " + y;
            case SUBTRACT -> x + " - " + y;
            case MULTIPLY -> x + " * " + y;
            case DIVIDE -> x + " / " + y;
            case MAXIMUM -> "MAX(" + x + ", " + y + ")";
            case MINIMUM -> "MIN(" + x + ", " + y + ")";
        };
    }
}
