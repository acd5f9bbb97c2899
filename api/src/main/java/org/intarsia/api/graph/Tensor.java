package org.intarsia.api.graph;

import static org.intarsia.api.graph.Op.Binary.Function.ADD;
import static org.intarsia.api.graph.Op.Binary.Function.DIVIDE;
import static org.intarsia.api.graph.Op.Binary.Function.MAXIMUM;
import static org.intarsia.api.graph.Op.Binary.Function.MINIMUM;
import static org.intarsia.api.graph.Op.Binary.Function.MULTIPLY;
import static org.intarsia.api.graph.Op.Binary.Function.SUBTRACT;
import static org.intarsia.api.graph.Op.Compare.Relation.EQUAL;
import static org.intarsia.api.graph.Op.Compare.Relation.LESS;
import static org.intarsia.api.graph.Op.Compare.Relation.LESS_OR_EQUAL;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// A handle on a node of a [Graph]: the result of an op, with named axes. Methods add a node and return its handle.
///
/// Two operands of an element-wise op are matched by the names of their axes; the axes of one must contain the other's,
/// and the smaller operand is repeated along those that it lacks. Anything else is a [ShapeException].
public final class Tensor {

    private final Graph graph;
    private final int id;
    private final Op op;
    private final List<Axis> axes;
    private final DataType type;
    private final String path;

    Tensor(Graph graph, int id, Op op, List<Axis> axes, DataType type, String path) {
        this.graph = graph;
        this.id = id;
        this.op = op;
        this.axes = axes;
        this.type = type;
        this.path = path;
    }

    /// Returns the graph that this tensor belongs to.
    public Graph graph() {
        return graph;
    }

    /// Returns the number of this node: operands have smaller numbers than what is computed from them.
    public int id() {
        return id;
    }

    /// Returns the op that computes this tensor.
    public Op op() {
        return op;
    }

    /// Returns the axes. Their order matters to nothing that is computed.
    public List<Axis> axes() {
        return axes;
    }

    /// Returns what the elements are.
    public DataType type() {
        return type;
    }

    /// Returns the name path of the scope in which this tensor was first written.
    public String path() {
        return path;
    }

    /// Returns whether there is an axis of this name.
    public boolean has(String name) {
        return axes.stream().anyMatch(a -> a.name().equals(name));
    }

    /// Returns the axis of this name.
    ///
    /// @throws ShapeException if there is none
    public Axis axis(String name) {
        return axes.stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow(() -> new ShapeException(
                "there is no axis '" + name + "' in " + Axis.describe(axes) + graph.place()));
    }

    /// Returns the number of elements.
    public int count() {
        return Axis.count(axes);
    }

    /// x + y
    public Tensor add(Tensor other) {
        return binary(ADD, other);
    }

    /// x + y
    public Tensor add(double other) {
        return add(like(other));
    }

    /// x − y
    public Tensor sub(Tensor other) {
        return binary(SUBTRACT, other);
    }

    /// x − y
    public Tensor sub(double other) {
        return sub(like(other));
    }

    /// x · y
    public Tensor mul(Tensor other) {
        return binary(MULTIPLY, other);
    }

    /// x · y
    public Tensor mul(double other) {
        return mul(like(other));
    }

    /// x / y
    public Tensor div(Tensor other) {
        return binary(DIVIDE, other);
    }

    /// x / y
    public Tensor div(double other) {
        return div(like(other));
    }

    /// max(x, y)
    public Tensor maximum(Tensor other) {
        return binary(MAXIMUM, other);
    }

    /// min(x, y)
    public Tensor minimum(Tensor other) {
        return binary(MINIMUM, other);
    }

    /// x · y over the axes of both: an outer product along those that are not shared.
    public Tensor outer(Tensor other) {
        return contract(List.of(), other);
    }

    /// −x
    public Tensor neg() {
        return unary(Op.Unary.Function.NEGATE);
    }

    /// eˣ
    public Tensor exp() {
        return unary(Op.Unary.Function.EXP);
    }

    /// ln x
    public Tensor log() {
        return unary(Op.Unary.Function.LOG);
    }

    /// √x
    public Tensor sqrt() {
        return unary(Op.Unary.Function.SQRT);
    }

    /// 1/x
    public Tensor reciprocal() {
        return unary(Op.Unary.Function.RECIPROCAL);
    }

    /// tanh x
    public Tensor tanh() {
        return unary(Op.Unary.Function.TANH);
    }

    /// |x|
    public Tensor abs() {
        return unary(Op.Unary.Function.ABS);
    }

    /// ⌊x⌋
    public Tensor floor() {
        return unary(Op.Unary.Function.FLOOR);
    }

    /// x²
    public Tensor square() {
        return mul(this);
    }

    /// x < y
    public Tensor less(Tensor other) {
        return graph.add(new Op.Compare(LESS, this, other));
    }

    /// x ≤ y
    public Tensor lessOrEqual(Tensor other) {
        return graph.add(new Op.Compare(LESS_OR_EQUAL, this, other));
    }

    /// x = y
    public Tensor equal(Tensor other) {
        return graph.add(new Op.Compare(EQUAL, this, other));
    }

    /// Returns `whenTrue` where this truth value holds, `whenFalse` elsewhere.
    public Tensor select(Tensor whenTrue, Tensor whenFalse) {
        return graph.add(new Op.Select(this, whenTrue, whenFalse));
    }

    /// Returns the same numbers as another type.
    public Tensor convert(DataType other) {
        return other == type ? this : graph.add(new Op.Convert(this, other));
    }

    /// Σ x·y over an axis of both; other shared axes are matched.
    public Tensor contract(Axis axis, Tensor other) {
        return contract(List.of(axis), other);
    }

    /// Σ x·y over some axes of both; other shared axes are matched.
    public Tensor contract(Collection<Axis> over, Tensor other) {
        return graph.add(new Op.Contract(this, other, names(over)));
    }

    /// Σ x over axes.
    public Tensor sum(Axis... over) {
        return reduce(Op.Reduce.Function.SUM, List.of(over));
    }

    /// Σ x over axes; over none it is the tensor itself.
    public Tensor sum(Collection<Axis> over) {
        return reduce(Op.Reduce.Function.SUM, over);
    }

    /// The mean over axes.
    public Tensor mean(Axis... over) {
        return sum(over).mul(1.0 / Axis.count(List.of(over)));
    }

    /// The maximum over axes.
    public Tensor max(Axis... over) {
        return reduce(Op.Reduce.Function.MAXIMUM, List.of(over));
    }

    /// The smallest position along an axis at which the maximum stands.
    public Tensor argmax(Axis axis) {
        Tensor position = graph.index(axis).like(this);
        Tensor last = graph.constant(DataType.INTEGER, axis.size());
        return equal(max(axis).expand(axis)).select(position, last).neg().max(axis).neg();
    }

    /// Repeats the values along new axes.
    public Tensor expand(Axis... added) {
        Tensor result = this;
        for (Axis axis : added) {
            result = graph.add(new Op.Expand(result, axis));
        }
        return result;
    }

    /// Repeats the values along the axes that the other tensor has and this one lacks.
    public Tensor like(Tensor other) {
        return expand(other.axes.stream().filter(a -> !has(a.name())).toArray(Axis[]::new));
    }

    /// Renames an axis.
    public Tensor rename(String from, String to) {
        return from.equals(to) ? this : graph.add(new Op.Rename(this, from, to));
    }

    /// Splits an axis in two: position `i` becomes `(i / inner.size, i % inner.size)`.
    public Tensor split(String axis, Axis outer, Axis inner) {
        return graph.add(new Op.Split(this, axis, outer, inner));
    }

    /// Merges two axes into one, the inverse of [#split].
    public Tensor merge(String outer, String inner, String merged) {
        return graph.add(new Op.Merge(this, outer, inner, merged));
    }

    /// Returns `size` positions along an axis, from `start` on.
    public Tensor slice(String axis, int start, int size) {
        return start == 0 && has(axis) && axis(axis).size() == size
                ? this
                : graph.add(new Op.Slice(this, axis, start, size));
    }

    /// Returns the values at one position of an axis, which goes.
    public Tensor at(String axis, int position) {
        Tensor slice = slice(axis, position, 1);
        return slice.sum(slice.axis(axis));
    }

    /// Puts zeros before and after along an axis.
    public Tensor pad(String axis, int before, int after) {
        return graph.add(new Op.Pad(this, axis, before, after));
    }

    /// Joins tensors along an axis that all have.
    public static Tensor concatenate(String axis, Tensor... parts) {
        return parts[0].graph.add(new Op.Concatenate(List.of(parts), axis));
    }

    /// Looks values up along an axis: it is replaced by the axes of the index that this tensor lacks; shared ones are
    /// matched.
    public Tensor gather(Axis axis, Tensor index) {
        return graph.add(new Op.Gather(this, axis.name(), index));
    }

    /// Adds each value where the index points to along a new axis, the transpose of [#gather]; the index's axes in
    /// `matched` stay, its others are summed.
    public Tensor scatterAdd(Axis axis, Tensor index, Collection<Axis> matched) {
        return graph.add(new Op.ScatterAdd(this, axis, index, names(matched)));
    }

    /// eˣ / Σ eˣ along an axis; the sum is 1.
    public Tensor softmax(Axis axis) {
        return call(new Composites.Softmax(axis.name()));
    }

    /// (x − mean) / √(variance + ε) along an axis, with the biased variance (Ba, Kiros, Hinton, arXiv 1607.06450).
    public Tensor layerNorm(Axis axis, double epsilon) {
        return call(new Composites.LayerNorm(axis.name(), epsilon));
    }

    /// ½x(1 + tanh(√(2/π)(x + 0.044715x³))): the tanh form of GELU (Hendrycks and Gimpel, arXiv 1606.08415, section 2).
    public Tensor gelu() {
        return call(new Composites.Gelu());
    }

    /// The cross-entropy −ln softmax(x)ₜ of logits along an axis, with t the target.
    ///
    /// @param targets integers; their axes are among the others of this tensor
    public Tensor crossEntropy(Axis axis, Tensor targets) {
        return call(new Composites.CrossEntropy(axis.name()), targets);
    }

    /// Applies a composite to this tensor and further operands.
    public Tensor call(Composite composite, Tensor... others) {
        Tensor[] operands = new Tensor[others.length + 1];
        operands[0] = this;
        System.arraycopy(others, 0, operands, 1, others.length);
        return graph.add(new Op.Call(composite, List.of(operands)));
    }

    @Override
    public String toString() {
        return "%" + id + " = " + op.name() + " " + Axis.describe(axes) + (path.isEmpty() ? "" : " at " + path);
    }

    private Tensor unary(Op.Unary.Function function) {
        return graph.add(new Op.Unary(function, this));
    }

    private Tensor binary(Op.Binary.Function function, Tensor other) {
        return graph.add(new Op.Binary(function, this, other));
    }

    private Tensor reduce(Op.Reduce.Function function, Collection<Axis> over) {
        return over.isEmpty() ? this : graph.add(new Op.Reduce(function, this, names(over)));
    }

    private Tensor like(double number) {
        return graph.constant(type, number);
    }

    private SequencedSet<String> names(Collection<Axis> over) {
        for (Axis axis : over) {
            if (has(axis.name()) && !axis(axis.name()).equals(axis)) {
                throw new ShapeException("'" + axis.name() + "' is " + axis(axis.name()).size() + " in "
                        + Axis.describe(axes) + ", not " + axis.size() + graph.place());
            }
        }
        return names(over.stream().map(Axis::name).sorted().toArray(String[]::new));
    }

    /// Returns an unmodifiable set of names in this order.
    static SequencedSet<String> names(String... names) {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(Arrays.asList(names)));
    }
}
