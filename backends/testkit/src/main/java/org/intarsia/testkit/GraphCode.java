package org.intarsia.testkit;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// Writes a graph as the code that builds it, and the code that runs it on a backend. The code needs the packages
/// `org.intarsia.api.graph`, `.data` and `.backend`, and `java.util`.
final class GraphCode {

    private final Map<Object, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>(Set.of("graph", "backend", "session", "executable"));
    private final List<String> lines = new ArrayList<>();

    private GraphCode() {}

    /// Returns the statements that build some nodes of a graph, its outputs and assignments, and those that run it in a
    /// session of `backend`.
    static String of(Written written, List<Tensor> nodes) {
        GraphCode code = new GraphCode();
        code.build(written.graph(), nodes);
        code.run(written);
        return String.join("\n", code.lines);
    }

    /// Returns the statements that build a graph, as far as its outputs and assignments need it.
    static String building(Written written) {
        GraphCode code = new GraphCode();
        code.build(written.graph(), written.needed());
        return String.join("\n", code.lines);
    }

    /// Writes numbers as they stand between braces or brackets.
    static String numbers(double... numbers) {
        return Arrays.stream(numbers).mapToObj(GraphCode::number).collect(Collectors.joining(", "));
    }

    private static String number(double x) {
        if (Double.isNaN(x)) {
            return "Double.NaN";
        }
        if (Double.isInfinite(x)) {
            return x > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
        }
        boolean whole = x == Math.rint(x) && Math.abs(x) < 1e9 && Double.doubleToRawLongBits(x) != 1L << 63;
        return whole ? String.valueOf((long) x) : String.valueOf(x);
    }

    private void build(Graph graph, List<Tensor> nodes) {
        lines.add("Graph graph = new Graph();");
        nodes.forEach(node -> node.axes().forEach(this::declare));
        for (Tensor node : nodes) {
            if (node.op() instanceof Op.Assign(Tensor variable, Tensor value)) {
                lines.add("graph.assign(" + name(variable) + ", " + name(value) + ");");
                names.put(node, "graph.assignments().get(" + graph.assignments().indexOf(node) + ")");
            } else {
                declare(node);
            }
        }
        graph.outputs().forEach((name, output) -> lines.add("graph.output(" + text(name) + ", " + name(output.tensor())
                + and(output.order()) + ");"));
    }

    private void declare(Tensor node) {
        String name = free(switch (node.op()) {
            case Op.Input input -> input.name();
            case Op.Variable variable -> variable.name();
            default -> "t";
        });
        names.put(node, name);
        lines.add("Tensor " + name + " = " + expression(node.op()) + ";");
    }

    private void run(Written written) {
        lines.add("try (Session session = backend.open()) {");
        lines.add("    Executable executable = session.compile(graph);");
        written.inputs().forEach((name, numbers) -> {
            if (names.containsKey(requireNonNull(written.graph().inputs().get(name)))) {
                lines.add("    executable.write(" + text(name) + ", new double[] {" + numbers(numbers) + "});");
            }
        });
        lines.add("    executable.run();");
        written.graph().outputs().forEach((name, output) -> read("executable", name, output.tensor()));
        written.graph().variables().forEach((name, variable) -> {
            if (names.containsKey(variable)) {
                read("session", name, variable);
            }
        });
        lines.add("}");
    }

    private void read(String from, String name, Tensor tensor) {
        String numbers = free(name);
        lines.add("    double[] " + numbers + " = new double[" + tensor.count() + "];");
        lines.add("    " + from + ".read(" + text(name) + ", " + numbers + ");");
    }

    private void declare(Axis axis) {
        if (!names.containsKey(axis)) {
            names.put(axis, free(axis.name()));
            lines.add("Axis " + names.get(axis) + " = new Axis(" + text(axis.name()) + ", " + axis.size() + ");");
        }
    }

    /// Returns a name that nothing has yet, as like the wanted one as can be.
    private String free(String wanted) {
        String plain = SourceVersion.isName(wanted) && !wanted.contains(".") ? wanted : "value";
        String name = plain;
        for (int i = 2; !taken.add(name); i++) {
            name = plain + i;
        }
        return name;
    }

    private String name(Object of) {
        return requireNonNull(names.get(of));
    }

    private String expression(Op op) {
        List<String> o = op.operands().stream().map(this::name).toList();
        return switch (op) {
            case Op.Input(String name, DataType type, List<Axis> axes) ->
                "graph.input(" + text(name) + ", " + of(type) + and(axes) + ")";
            case Op.Variable(String name, List<Axis> axes, Initializer start, Seed seed) ->
                "graph.variable(" + text(name) + ", " + of(start) + ", " + of(seed) + and(axes) + ")";
            case Op.Constant(Values values, DataType type, List<Axis> axes) ->
                "graph.constant(" + of(type) + ", " + of(values) + and(axes) + ")";
            case Op.Index(Axis axis) -> "graph.index(" + name(axis) + ")";
            case Op.Random(Seed seed, _, List<Axis> axes) ->
                "graph.random(" + of(seed) + ", " + o.getFirst() + and(axes) + ")";
            case Op.Unary(Op.Unary.Function function, _) -> call(o.getFirst(), switch (function) {
                case NEGATE -> "neg";
                case EXP -> "exp";
                case LOG -> "log";
                case SQRT -> "sqrt";
                case RECIPROCAL -> "reciprocal";
                case TANH -> "tanh";
                case ABS -> "abs";
                case FLOOR -> "floor";
            });
            case Op.Binary(Op.Binary.Function function, _, _) -> call(o.get(0), switch (function) {
                case ADD -> "add";
                case SUBTRACT -> "sub";
                case MULTIPLY -> "mul";
                case DIVIDE -> "div";
                case MAXIMUM -> "maximum";
                case MINIMUM -> "minimum";
            }, o.get(1));
            case Op.Compare(Op.Compare.Relation relation, _, _) -> call(o.get(0), switch (relation) {
                case LESS -> "less";
                case LESS_OR_EQUAL -> "lessOrEqual";
                case EQUAL -> "equal";
            }, o.get(1));
            case Op.Select _ -> call(o.get(0), "select", o.get(1), o.get(2));
            case Op.Convert(_, DataType type) -> call(o.get(0), "convert", of(type));
            case Op.Contract(Tensor left, _, Set<String> summed) ->
                call(o.get(0), "contract", list(summed, left), o.get(1));
            case Op.Reduce(Op.Reduce.Function function, Tensor x, Set<String> axes) ->
                call(o.get(0), switch (function) {
                    case SUM -> "sum";
                    case MAXIMUM -> "max";
                }, axes.stream().map(axis -> name(x.axis(axis))).toArray(String[]::new));
            case Op.Expand(_, Axis axis) -> call(o.get(0), "expand", name(axis));
            case Op.Rename(_, String from, String to) -> call(o.get(0), "rename", text(from), text(to));
            case Op.Split(_, String axis, Axis outer, Axis inner) ->
                call(o.get(0), "split", text(axis), name(outer), name(inner));
            case Op.Merge(_, String outer, String inner, String merged) ->
                call(o.get(0), "merge", text(outer), text(inner), text(merged));
            case Op.Slice(_, String axis, int start, int size) ->
                call(o.get(0), "slice", text(axis), String.valueOf(start), String.valueOf(size));
            case Op.Pad(_, String axis, int before, int after) ->
                call(o.get(0), "pad", text(axis), String.valueOf(before), String.valueOf(after));
            case Op.Concatenate(_, String axis) ->
                "Tensor.concatenate(" + text(axis) + ", " + String.join(", ", o) + ")";
            case Op.Gather(Tensor x, String axis, _) -> call(o.get(0), "gather", name(x.axis(axis)), o.get(1));
            case Op.ScatterAdd(_, Axis axis, Tensor index, Set<String> matched) ->
                call(o.get(0), "scatterAdd", name(axis), o.get(1), list(matched, index));
            case Op.Assign _ -> throw new IllegalStateException("an assignment is a statement");
            case Op.Call(Composite composite, _) -> o.getFirst() + ".call(" + record((Record) composite)
                    + o.stream().skip(1).map(operand -> ", " + operand).collect(Collectors.joining()) + ")";
        };
    }

    private static String call(String on, String method, String... arguments) {
        return on + "." + method + "(" + String.join(", ", arguments) + ")";
    }

    private String and(Collection<Axis> axes) {
        return axes.stream().map(axis -> ", " + name(axis)).collect(Collectors.joining());
    }

    private String list(Collection<String> axes, Tensor of) {
        return axes.stream().map(axis -> name(of.axis(axis))).collect(Collectors.joining(", ", "List.of(", ")"));
    }

    private static String of(DataType type) {
        return "DataType." + type;
    }

    private static String of(Seed seed) {
        return "new Seed(" + seed.key() + "L)";
    }

    private static String of(Values values) {
        return "Values.of(" + numbers(values.toArray()) + ")";
    }

    private static String of(Initializer start) {
        return switch (start) {
            case Initializer.Given(Values values) -> "new Initializer.Given(" + of(values) + ")";
            case Initializer.Fill _, Initializer.Uniform _, Initializer.Normal _ -> record((Record) start);
        };
    }

    /// Writes a call of a record's constructor, of components that are numbers or texts.
    private static String record(Record record) {
        String type = record.getClass().getCanonicalName().replaceFirst("^org\\.intarsia\\.api\\.graph\\.", "");
        return Arrays.stream(record.getClass().getRecordComponents()).map(component -> component(record, component))
                .collect(Collectors.joining(", ", "new " + type + "(", ")"));
    }

    private static String component(Record record, RecordComponent component) {
        try {
            return switch (component.getAccessor().invoke(record)) {
                case String text -> text(text);
                case Number number -> number(number.doubleValue());
                case Object other -> throw new IllegalStateException("no code for " + other + " of " + record);
            };
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
