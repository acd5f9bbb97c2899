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

    /// Plans a composite.
    ///
    /// @param operands with the lanes side by side, in the composite's order; of the gradient of a cross-entropy, the
    ///     softmax instead of the logits, or a multiple of it
    /// @param along which axis the composite runs along
    /// @param others the result's axes without that one and the lanes
    /// @param part what of the operands is read
    public static Kernel plan(Composite composite, List<View> operands, View out, Index along, List<Axis> others,
            Axis lanes, Part part) {
        View x = operands.getFirst();
        View last = operands.getLast();
        boolean targets = composite instanceof Composites.CrossEntropy
                || composite instanceof Composites.CrossEntropyGradient;
        View z = targets ? operands.get(1) : x;
        return new RowwiseKernel(function(composite), List.of(x, last, z, out), along, others, lanes, targets, false,
                part);
    }

    /// Plans a cross-entropy that leaves a multiple of the softmax of its logits for its gradient.
    public static Kernel planWithSoftmax(View logits, View targets, View softmax, View out, Index along,
            List<Axis> others, Axis lanes) {
        return new RowwiseKernel(Rowwise::crossEntropyAndExponentials, List.of(logits, softmax, targets, out), along,
                others,
                lanes, true, true, Part.WHOLE);
    }

    private static Rowwise.Function function(Composite composite) {
        return switch (composite) {
            case Composites.Softmax _ -> Rowwise::softmax;
            case Composites.SoftmaxGradient _ -> Rowwise::softmaxGradient;
            case Composites.LayerNorm(_, double epsilon) -> Rowwise.layerNorm((float) epsilon);
            case Composites.LayerNormGradient(_, double epsilon) -> Rowwise.layerNormGradient((float) epsilon);
            case Composites.CrossEntropy _ -> Rowwise::crossEntropy;
            case Composites.CrossEntropyGradient _ -> Rowwise::crossEntropyGradient;
            default -> throw new IllegalArgumentException("not a function along an axis: " + composite.name());
        };
    }
}
