package org.intarsia.backends.cpu.kernel;

import java.util.List;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.Composites;
import org.intarsia.backends.common.Index;
import org.jspecify.annotations.Nullable;

/// Which composites run along an axis in every lane, and how their operands stand.
public final class Rows {

    private Rows() {}

    /// What of a row is read: the part inside a triangle.
    ///
    /// @param readInside whether nobody reads the result outside, where it is 0
    public record Part(@Nullable Triangle triangle, boolean readInside) {

        /// All of it.
        public static final Part WHOLE = new Part(null, false);
    }

    /// Returns the name of the axis along which a composite runs, or the empty string if it is none of these.
    public static String axis(Composite composite) {
        return switch (composite) {
            case Composites.Softmax(String axis) -> axis;
            case Composites.SoftmaxGradient(String axis) -> axis;
            case Composites.LayerNorm(String axis, _) -> axis;
            case Composites.LayerNormGradient(String axis, _) -> axis;
            case Composites.CrossEntropy(String axis) -> axis;
            case Composites.CrossEntropyGradient(String axis) -> axis;
            default -> "";
        };
    }

    /// Plans any composite but a cross-entropy; a layer norm is rather part of a chain.
    ///
    /// @param operands with the lanes side by side, in the composite's order; of the gradient of a cross-entropy, what the
    ///     cross-entropy left of the logits instead of them
    /// @param along which axis the composite runs along
    /// @param others the result's axes without that one and the lanes
    /// @param part what of the operands is read
    public static Kernel plan(Composite composite, List<View> operands, View out, Index along, List<Axis> others,
            Axis lanes, Part part) {
        View x = operands.getFirst();
        View last = operands.getLast();
        boolean targets = composite instanceof Composites.CrossEntropyGradient;
        View z = targets ? operands.get(1) : x;
        return new RowwiseKernel(function(composite), List.of(x, last, z, out), along, others, lanes, targets, false,
                part);
    }

    /// Plans a cross-entropy, which leaves for its gradient the exponentials of the logits and, at one position more along
    /// the axis, their sum.
    ///
    /// @param operands the logits and the targets, with the lanes side by side
    public static Kernel planCrossEntropy(List<View> operands, View exponentials, View out, Index along,
            List<Axis> others, Axis lanes) {
        return new RowwiseKernel(Rowwise::crossEntropy, List.of(operands.get(0), exponentials, operands.get(1), out),
                along, others, lanes, true, true, Part.WHOLE);
    }

    /// Returns the function of any composite but a cross-entropy.
    static Rowwise.Function function(Composite composite) {
        return switch (composite) {
            case Composites.Softmax _ -> Rowwise::softmax;
            case Composites.SoftmaxGradient _ -> Rowwise::softmaxGradient;
            case Composites.LayerNorm(_, double epsilon) -> Rowwise.layerNorm((float) epsilon);
            case Composites.LayerNormGradient(_, double epsilon) -> Rowwise.layerNormGradient((float) epsilon);
            case Composites.CrossEntropyGradient _ -> Rowwise::crossEntropyGradient;
            default -> throw new IllegalArgumentException("not planned here: " + composite.name());
        };
    }
}
