package org.intarsia.backends.cpu.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.Composites;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// Writes chains from graphs: functions of each element, and layer norms, which take whole rows. A product that only one sum
/// or difference reads becomes one step with it.
public final class Chains {

    /// The most values that a chain may have.
    public static final int LONGEST = Scratch.REGISTERS;

    private final Predicate<Tensor> inside;
    private final Function<Tensor, View> views;
    private final String lanes;
    private final List<Tensor> inputs = new ArrayList<>();
    private final List<Tensor> order = new ArrayList<>();

    private Chains(Predicate<Tensor> inside, Function<Tensor, View> views, String lanes) {
        this.inside = inside;
        this.views = views;
        this.lanes = lanes;
    }

    /// Returns the axis along which a tensor is computed in a chain, row by row; the empty string if each element is computed
    /// by itself.
    public static String along(Tensor tensor) {
        return tensor.op() instanceof Op.Call(Composite composite, _)
                && (composite instanceof Composites.LayerNorm || composite instanceof Composites.LayerNormGradient)
                        ? Rows.axis(composite) : "";
    }

    /// Writes the chain that computes some tensors.
    ///
    /// @param results what is kept, in this order
    /// @param inside which tensors are computed in the chain; all others are its inputs
    /// @param views where the inputs stand
    /// @param lanes the lanes' axis, which all have that are computed row by row; or the empty string
    public static Chain of(List<Tensor> results, Predicate<Tensor> inside, Function<Tensor, View> views,
            String lanes) {
        Chains chains = new Chains(inside, views, lanes);
        results.forEach(chains::visit);
        return chains.chain(results);
    }

    private void visit(Tensor tensor) {
        if (inputs.contains(tensor) || order.contains(tensor)) {
            return;
        }
        if (!inside.test(tensor)) {
            inputs.add(tensor);
            return;
        }
        tensor.op().operands().forEach(this::visit);
        order.add(tensor);
    }

    private Chain chain(List<Tensor> results) {
        Map<Tensor, Integer> registers = new HashMap<>();
        inputs.forEach(input -> registers.put(input, registers.size()));
        Map<Tensor, Link> links = new LinkedHashMap<>();
        order.forEach(tensor -> links.put(tensor, link(tensor, product -> isPart(product, results))));
        links.forEach((tensor, link) -> {
            if (link.product != tensor) {
                order.remove(link.product);
            }
        });
        links.keySet().retainAll(order);
        List<Chain.Step> steps = new ArrayList<>();
        links.forEach((tensor, link) -> {
            int[] from = link.operands.stream().mapToInt(o -> registers.getOrDefault(o, -1)).toArray();
            int x = from[0];
            int y = from.length > 1 ? from[1] : x;
            int z = from.length > 2 ? from[2] : x;
            steps.add(link.function.step(x, y, z));
            registers.put(tensor, registers.size());
        });
        List<Integer> kept = results.stream().map(result -> registers.getOrDefault(result, -1)).toList();
        return new Chain(inputs.stream().map(views).toList(), steps, kept);
    }

    /// Whether a tensor is a product in the chain that one other tensor of it reads, once, and nobody else.
    private boolean isPart(Tensor tensor, List<Tensor> results) {
        return tensor.op() instanceof Op.Binary(Op.Binary.Function f, _, _) && f == Op.Binary.Function.MULTIPLY
                && order.contains(tensor) && !results.contains(tensor)
                && order.stream().flatMap(user -> user.op().operands().stream()).filter(tensor::equals).count() == 1;
    }

    /// How a tensor is computed in one step.
    ///
    /// @param product what is computed with it; itself if nothing is
    private record Link(OfRegisters function, List<Tensor> operands, Tensor product) {

        static Link each(Elementwise.Function function, List<Tensor> operands, Tensor product) {
            return new Link((x, y, z) -> new Chain.Each(function, x, y, z), operands, product);
        }
    }

    /// A function whose registers are not known yet.
    private interface OfRegisters {

        Chain.Step step(int x, int y, int z);
    }

    private Link link(Tensor tensor, Predicate<Tensor> isPart) {
        if (tensor.op() instanceof Op.Binary(Op.Binary.Function f, Tensor x, Tensor y)) {
            if (f == Op.Binary.Function.ADD && isPart.test(x)) {
                return Link.each(Elementwise::multiplyAdd, with(x, y), x);
            } else if (f == Op.Binary.Function.ADD && isPart.test(y)) {
                return Link.each(Elementwise::multiplyAdd, with(y, x), y);
            } else if (f == Op.Binary.Function.SUBTRACT && isPart.test(y)) {
                return Link.each(Elementwise::multiplySubtract, with(y, x), y);
            }
        } else if (tensor.op() instanceof Op.Call(Composite composite, List<Tensor> operands)
                && !along(tensor).isEmpty()) {
            int n = tensor.axis(along(tensor)).size();
            int padded = View.padded(tensor.axis(lanes), lanes);
            return new Link((x, y, _) -> new Chain.Along(Rows.function(composite), n, padded, x, y),
                    operands, tensor);
        }
        return Link.each(function(tensor.op()), tensor.op().operands(), tensor);
    }

    private static List<Tensor> with(Tensor product, Tensor other) {
        return List.of(product.op().operands().get(0), product.op().operands().get(1), other);
    }

    private static Elementwise.Function function(Op op) {
        return switch (op) {
            case Op.Unary(Op.Unary.Function f, _) -> switch (f) {
                case NEGATE -> Elementwise::negate;
                case EXP -> Elementwise::exp;
                case LOG -> Elementwise::log;
                case SQRT -> Elementwise::sqrt;
                case RECIPROCAL -> Elementwise::reciprocal;
                case TANH -> Elementwise::tanh;
                case ABS -> Elementwise::abs;
                case FLOOR -> Elementwise::floor;
            };
            case Op.Binary(Op.Binary.Function f, _, _) -> switch (f) {
                case ADD -> Elementwise::add;
                case SUBTRACT -> Elementwise::subtract;
                case MULTIPLY -> Elementwise::multiply;
                case DIVIDE -> Elementwise::divide;
                case MAXIMUM -> Elementwise::maximum;
                case MINIMUM -> Elementwise::minimum;
            };
            case Op.Compare(Op.Compare.Relation r, _, _) -> switch (r) {
                case LESS -> Elementwise::less;
                case LESS_OR_EQUAL -> Elementwise::lessOrEqual;
                case EQUAL -> Elementwise::equal;
            };
            case Op.Select _ -> Elementwise::select;
            case Op.Convert(Tensor x, DataType type) -> switch (type) {
                case FLOAT -> Elementwise::copy;
                case INTEGER -> x.type() == DataType.FLOAT ? Elementwise::truncate : Elementwise::copy;
                case BOOLEAN -> Elementwise::truth;
            };
            case Op.Call(Composites.Gelu _, _) -> Elementwise::gelu;
            case Op.Call(Composites.GeluGradient _, _) -> Elementwise::geluGradient;
            default -> throw new IllegalArgumentException("not a function of each element: " + op.name());
        };
    }
}
