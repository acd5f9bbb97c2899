package org.intarsia.api.graph;

import java.util.List;
import java.util.SequencedSet;
import org.intarsia.api.data.Seed;

/// The closed family of operations. A node of a graph is one of these records; two nodes with equal records are the same
/// node. Shapes below are axes by name; "the other axes" always pass through untouched, so an extra axis is always legal.
///
/// What an op computes is defined by the reference backend, and a function of single numbers by itself; how its result is
/// shaped by [Shapes]; how it is differentiated by `org.intarsia.api.autodiff.Gradients`.
public sealed interface Op {

    /// A value that the caller writes before a run.
    record Input(String name, DataType type, List<Axis> axes) implements Op {}

    /// A value that stays between runs and is shared by all graphs of a session that name it: a parameter, a moment, a
    /// counter.
    ///
    /// @param name the path, such as `transformer.h.0.ln_1.weight`
    /// @param axes in the order in which files hold the values
    /// @param start how it starts
    /// @param seed the random stream of its start
    record Variable(String name, List<Axis> axes, Initializer start, Seed seed) implements Op {

        /// Returns the values that the variable starts with, in the declared order of axes.
        public double[] initialValues() {
            return start.draw(seed, Axis.count(axes));
        }
    }

    /// Fixed values in the order of the axes.
    record Constant(Values values, DataType type, List<Axis> axes) implements Op {}

    /// The position along an axis: 0, 1, …, size − 1.
    record Index(Axis axis) implements Op {}

    /// Uniform numbers in `[0, 1)`: element *i*, in the order of the axes, is `Philox.uniform(seed.key(), i, counter)`.
    ///
    /// @param counter a scalar integer: another value gives other numbers
    record Random(Seed seed, Tensor counter, List<Axis> axes) implements Op {}

    /// A function of each element.
    record Unary(Unary.Function function, Tensor operand) implements Op {

        /// The functions of one number.
        public enum Function {
            /// −x
            NEGATE,
            /// eˣ
            EXP,
            /// ln x
            LOG,
            /// √x
            SQRT,
            /// 1/x
            RECIPROCAL,
            /// tanh x
            TANH,
            /// |x|
            ABS,
            /// ⌊x⌋
            FLOOR;

            /// Returns the function of a number, in double precision.
            public double of(double x) {
                return switch (this) {
                    case NEGATE -> -x;
                    case EXP -> Math.exp(x);
                    case LOG -> Math.log(x);
                    case SQRT -> Math.sqrt(x);
                    case RECIPROCAL -> 1 / x;
                    case TANH -> Math.tanh(x);
                    case ABS -> Math.abs(x);
                    case FLOOR -> Math.floor(x);
                };
            }
        }
    }

    /// A function of two numbers; the axes of one operand contain the other's.
    record Binary(Binary.Function function, Tensor left, Tensor right) implements Op {

        /// The functions of two numbers.
        public enum Function {
            /// x + y
            ADD,
            /// x − y
            SUBTRACT,
            /// x · y
            MULTIPLY,
            /// x / y
            DIVIDE,
            /// max(x, y)
            MAXIMUM,
            /// min(x, y)
            MINIMUM;

            /// Returns the function of two numbers, in double precision.
            public double of(double x, double y) {
                return switch (this) {
                    case ADD -> x + y;
                    case SUBTRACT -> x - y;
                    case MULTIPLY -> x * y;
                    case DIVIDE -> x / y;
                    case MAXIMUM -> Math.max(x, y);
                    case MINIMUM -> Math.min(x, y);
                };
            }
        }
    }

    /// A comparison of two numbers; the axes of one operand contain the other's.
    record Compare(Relation relation, Tensor left, Tensor right) implements Op {

        /// The relations of two numbers.
        public enum Relation {
            /// x < y
            LESS,
            /// x ≤ y
            LESS_OR_EQUAL,
            /// x = y
            EQUAL;

            /// Returns whether two numbers are so related.
            public boolean holds(double x, double y) {
                return switch (this) {
                    case LESS -> x < y;
                    case LESS_OR_EQUAL -> x <= y;
                    case EQUAL -> x == y;
                };
            }
        }
    }

    /// One of two numbers, by a condition; the axes of one of the three operands contain the others'.
    record Select(Tensor condition, Tensor whenTrue, Tensor whenFalse) implements Op {}

    /// The same number as another type; a real number becomes an integer by truncation towards zero, any number a truth
    /// value by being other than 0.
    record Convert(Tensor operand, DataType type) implements Op {}

    /// The product of two tensors, summed over the named axes, which both have: every matrix product, batched or not, and
    /// with no axis the outer product. Axes that both have and that are not named are matched.
    record Contract(Tensor left, Tensor right, SequencedSet<String> summed) implements Op {}

    /// The sum or the maximum over the named axes.
    record Reduce(Reduce.Function function, Tensor operand, SequencedSet<String> axes) implements Op {

        /// How many numbers become one.
        public enum Function {
            /// Σ x
            SUM,
            /// max x
            MAXIMUM;

            /// Returns the result of no numbers at all, from which the others are taken in.
            public double start() {
                return switch (this) {
                    case SUM -> 0;
                    case MAXIMUM -> Double.NEGATIVE_INFINITY;
                };
            }

            /// Returns a result that takes in one more number, in double precision.
            public double of(double result, double x) {
                return switch (this) {
                    case SUM -> result + x;
                    case MAXIMUM -> Math.max(result, x);
                };
            }
        }
    }

    /// The same values for each position along a new axis.
    record Expand(Tensor operand, Axis axis) implements Op {}

    /// The same values with an axis renamed.
    record Rename(Tensor operand, String from, String to) implements Op {}

    /// One axis as two: position `i` becomes `(i / inner.size, i % inner.size)`.
    record Split(Tensor operand, String axis, Axis outer, Axis inner) implements Op {}

    /// Two axes as one, the inverse of [Split].
    record Merge(Tensor operand, String outer, String inner, String merged) implements Op {}

    /// Positions `start … start + size − 1` along an axis.
    record Slice(Tensor operand, String axis, int start, int size) implements Op {}

    /// Zeros before and after along an axis.
    record Pad(Tensor operand, String axis, int before, int after) implements Op {}

    /// Tensors one after another along an axis, alike in all others.
    record Concatenate(List<Tensor> operands, String axis) implements Op {}

    /// Values looked up along an axis: the axis is replaced by those of the index that the operand lacks, the others are
    /// matched. An index outside the axis is an error at run time.
    record Gather(Tensor operand, String axis, Tensor index) implements Op {}

    /// The transpose of [Gather]: each update is added where its index points to, along a new axis. The index's axes in
    /// `matched` stay, the others are summed.
    record ScatterAdd(Tensor updates, Axis axis, Tensor index, SequencedSet<String> matched) implements Op {}

    /// Gives a variable a new value at the end of the run; until then every op sees the old one. Its result is the value.
    record Assign(Tensor variable, Tensor value) implements Op {}

    /// A named function with a decomposition into the ops above, so that a backend may have a better way.
    record Call(Composite composite, List<Tensor> operands) implements Op {}

    /// Returns the tensors that this op reads, in order.
    default List<Tensor> operands() {
        return switch (this) {
            case Input _, Variable _, Constant _, Index _ -> List.of();
            case Random(_, Tensor counter, _) -> List.of(counter);
            case Unary(_, Tensor x) -> List.of(x);
            case Binary(_, Tensor x, Tensor y) -> List.of(x, y);
            case Compare(_, Tensor x, Tensor y) -> List.of(x, y);
            case Select(Tensor c, Tensor x, Tensor y) -> List.of(c, x, y);
            case Convert(Tensor x, _) -> List.of(x);
            case Contract(Tensor x, Tensor y, _) -> List.of(x, y);
            case Reduce(_, Tensor x, _) -> List.of(x);
            case Expand(Tensor x, _) -> List.of(x);
            case Rename(Tensor x, _, _) -> List.of(x);
            case Split(Tensor x, _, _, _) -> List.of(x);
            case Merge(Tensor x, _, _, _) -> List.of(x);
            case Slice(Tensor x, _, _, _) -> List.of(x);
            case Pad(Tensor x, _, _, _) -> List.of(x);
            case Concatenate(List<Tensor> parts, _) -> parts;
            case Gather(Tensor x, _, Tensor index) -> List.of(x, index);
            case ScatterAdd(Tensor updates, _, Tensor index, _) -> List.of(updates, index);
            case Assign(Tensor variable, Tensor value) -> List.of(variable, value);
            case Call(_, List<Tensor> arguments) -> arguments;
        };
    }

    /// Returns this op with other operands, in the order of [#operands()]: how a rewrite copies a node.
    default Op withOperands(List<Tensor> o) {
        return switch (this) {
            case Input _, Variable _, Constant _, Index _ -> this;
            case Random(Seed seed, _, List<Axis> axes) -> new Random(seed, o.get(0), axes);
            case Unary(Unary.Function f, _) -> new Unary(f, o.get(0));
            case Binary(Binary.Function f, _, _) -> new Binary(f, o.get(0), o.get(1));
            case Compare(Compare.Relation r, _, _) -> new Compare(r, o.get(0), o.get(1));
            case Select _ -> new Select(o.get(0), o.get(1), o.get(2));
            case Convert(_, DataType type) -> new Convert(o.get(0), type);
            case Contract(_, _, SequencedSet<String> summed) -> new Contract(o.get(0), o.get(1), summed);
            case Reduce(Reduce.Function f, _, SequencedSet<String> axes) -> new Reduce(f, o.get(0), axes);
            case Expand(_, Axis axis) -> new Expand(o.get(0), axis);
            case Rename(_, String from, String to) -> new Rename(o.get(0), from, to);
            case Split(_, String axis, Axis outer, Axis inner) -> new Split(o.get(0), axis, outer, inner);
            case Merge(_, String outer, String inner, String merged) -> new Merge(o.get(0), outer, inner, merged);
            case Slice(_, String axis, int start, int size) -> new Slice(o.get(0), axis, start, size);
            case Pad(_, String axis, int before, int after) -> new Pad(o.get(0), axis, before, after);
            case Concatenate(_, String axis) -> new Concatenate(List.copyOf(o), axis);
            case Gather(_, String axis, _) -> new Gather(o.get(0), axis, o.get(1));
            case ScatterAdd(_, Axis axis, _, SequencedSet<String> matched) ->
                new ScatterAdd(o.get(0), axis, o.get(1), matched);
            case Assign _ -> new Assign(o.get(0), o.get(1));
            case Call(Composite composite, _) -> new Call(composite, List.copyOf(o));
        };
    }

    /// Returns the name of this op as it appears in messages and in printed graphs: `contract`, `exp`, `softmax`.
    default String name() {
        return switch (this) {
            case Unary(Unary.Function f, _) -> lower(f);
            case Binary(Binary.Function f, _, _) -> lower(f);
            case Compare(Compare.Relation r, _, _) -> lower(r);
            case Reduce(Reduce.Function f, _, _) -> lower(f);
            case Call(Composite composite, _) -> composite.name();
            default -> getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static String lower(Enum<?> function) {
        return function.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
