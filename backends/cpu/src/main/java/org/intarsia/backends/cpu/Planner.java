package org.intarsia.backends.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.Composites;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.backends.common.Index;
import org.intarsia.backends.common.Lowering;
import org.intarsia.backends.cpu.kernel.AttentionKernel;
import org.intarsia.backends.cpu.kernel.Buffer;
import org.intarsia.backends.cpu.kernel.Chain;
import org.intarsia.backends.cpu.kernel.ChainBatch;
import org.intarsia.backends.cpu.kernel.Chains;
import org.intarsia.backends.cpu.kernel.CopyKernel;
import org.intarsia.backends.cpu.kernel.ElementwiseKernel;
import org.intarsia.backends.cpu.kernel.GatherKernel;
import org.intarsia.backends.cpu.kernel.Kernel;
import org.intarsia.backends.cpu.kernel.Products;
import org.intarsia.backends.cpu.kernel.RandomKernel;
import org.intarsia.backends.cpu.kernel.ReductionKernel;
import org.intarsia.backends.cpu.kernel.RowSums;
import org.intarsia.backends.cpu.kernel.Rows;
import org.intarsia.backends.cpu.kernel.ScatterAddKernel;
import org.intarsia.backends.cpu.kernel.Triangle;
import org.intarsia.backends.cpu.kernel.View;
import org.intarsia.backends.cpu.kernel.ZeroKernel;
import org.jspecify.annotations.Nullable;

/// Turns a graph into a list of kernels: finds the lanes, decides what is fused, gives every stored value a layout (the
/// lanes innermost, the other axes as the first operand has them), and lets renaming, splitting, slicing and repeating be
/// views.
final class Planner {

    /// Later than any node, with room for counting on.
    private static final int END = Integer.MAX_VALUE / 2;

    private final Graph graph;
    private final String lanes;
    private final Fusion fusion;
    private final Triangles triangles;
    /// The last node whose kernel may meet an index outside its axis. Until then no variable changes, because a run that
    /// fails assigns nothing.
    private final int lastLookUp;
    private final Map<String, View> variables;
    private final Map<Tensor, View> views = new HashMap<>();
    private final Map<String, View> inputs = new LinkedHashMap<>();
    private final Map<View, Plan.Filling> constants = new LinkedHashMap<>();
    private final List<Kernel> once = new ArrayList<>();
    private final List<Kernel> steps = new ArrayList<>();
    /// What cross-entropies of these logits left for their gradients.
    private final Map<Logits, View> exponentials = new HashMap<>();
    private final Set<Tensor> assigned = new HashSet<>();
    private final View zero = View.dense(List.of(), Lanes.NONE);
    private final Products.Shared onceProducts = new Products.Shared();
    private final Products.Shared stepProducts = new Products.Shared();

    /// Logits, and the axis along which a cross-entropy takes them.
    private record Logits(Tensor tensor, String along) {}

    private Planner(Graph graph, String lanes, Map<String, View> variables) {
        this.graph = graph;
        this.lanes = lanes;
        this.variables = variables;
        this.fusion = new Fusion(graph, lanes);
        this.triangles = fusion.triangles();
        this.lastLookUp = fusion.nodes().stream().filter(Planner::looksUp).mapToInt(Tensor::id).max().orElse(-1);
    }

    /// Plans a graph.
    ///
    /// @param variables where the session keeps the variables that the graph names
    static Plan plan(Graph graph, Map<String, View> variables) {
        String lanes = Lanes.of(Lowering.lower(graph, _ -> false));
        Graph lowered = Lowering.lower(graph, node -> claims(node, lanes));
        return new Planner(lowered, lanes, variables).plan();
    }

    private static boolean claims(Tensor node, String lanes) {
        if (node.op() instanceof Op.Call(Composite composite, List<Tensor> operands)) {
            Tensor x = operands.getFirst();
            boolean along = x.has(lanes) && !Rows.axis(composite).equals(lanes);
            return switch (composite) {
                case Composites.Gelu _ -> true;
                case Composites.GeluGradient _ -> sameAxes(operands);
                case Composites.Softmax _, Composites.LayerNorm _ -> along;
                case Composites.CrossEntropy _ -> along && x.axes().containsAll(operands.getLast().axes());
                case Composites.SoftmaxGradient _, Composites.LayerNormGradient _ -> along && sameAxes(operands);
                case Composites.CrossEntropyGradient _ ->
                    along && x.axes().containsAll(operands.get(1).axes())
                            && operands.get(2).axes().size() == x.axes().size() - 1
                            && !operands.get(2).has(Rows.axis(composite));
                default -> false;
            };
        }
        return false;
    }

    private static boolean sameAxes(List<Tensor> operands) {
        return Set.copyOf(operands.get(0).axes()).equals(Set.copyOf(operands.get(1).axes()));
    }

    private Plan plan() {
        constants.put(zero, new Plan.Filling(List.of(), Values.of(0)));
        for (Tensor node : fusion.nodes()) {
            if (fusion.root(node) == node && !fusion.repeated(node)) {
                place(node);
            }
        }
        graph.inputs().values().forEach(input -> views.computeIfAbsent(input, this::input));
        Map<String, View> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, output) -> outputs.put(name, stable(output.tensor())));
        assign();
        Set<Buffer> kept = new HashSet<>();
        outputs.values().forEach(output -> kept.add(output.buffer()));
        return new Plan(lanes, inputs, outputs, constants, once,
                ChainBatch.batch(RowSums.fuse(AttentionKernel.fuse(steps, kept))));
    }

    /// Copies to their variables the values that could not be computed in place: first aside what another copy would
    /// overwrite.
    private void assign() {
        List<Tensor> left = graph.assignments().stream().filter(a -> !assigned.contains(a)).toList();
        List<View> values = left.stream().map(a -> stable(a.op().operands().get(1))).toList();
        for (int i = 0; i < left.size(); i++) {
            View to = view(left.get(i).op().operands().get(0));
            steps.add(new CopyKernel(values.get(i), to, to.order(left.get(i).axes())));
        }
    }

    /// Gives a stored value its place, and adds the kernels that compute it.
    private void place(Tensor node) {
        switch (node.op()) {
            case Op.Input _ -> views.computeIfAbsent(node, this::input);
            case Op.Variable(String name, _, _, _) -> views.put(node, variable(name));
            case Op.Constant(Values values, _, List<Axis> axes) -> constant(node, axes, values);
            case Op.Index(Axis axis) -> constant(node, List.of(axis), Values.compute(axis.size(), i -> i));
            case Op.Random(var seed, Tensor counter, List<Axis> axes) -> {
                View out = dense(node.axes());
                add(node, out, new RandomKernel(seed, view(counter), out, axes));
            }
            case Op.Select(_, Tensor x, _) when triangles.isView(node) -> views.put(node, view(x));
            case Op.Unary _, Op.Compare _, Op.Select _, Op.Convert _ -> chain(node);
            case Op.Binary _ -> {
                if (fusion.isLink(node)) {
                    chain(node);
                } else {
                    contract(node);
                }
            }
            case Op.Call(Composite composite, List<Tensor> operands) -> {
                if (fusion.isLink(node)) {
                    chain(node);
                } else {
                    rows(node, composite, operands);
                }
            }
            case Op.Contract _ -> contract(node);
            case Op.Reduce(Op.Reduce.Function function, Tensor x, Set<String> axes) -> reduce(node, function, x, axes);
            case Op.Expand(Tensor x, _) -> views.put(node, view(x));
            case Op.Rename(Tensor x, String from, String to) -> views.put(node, view(x).rename(from, to));
            case Op.Split(Tensor x, String axis, Axis outer, Axis inner) ->
                views.put(node, view(x).split(axis, outer, inner));
            case Op.Merge(Tensor x, String outer, String inner, String merged) -> {
                Axis first = x.axis(outer);
                Axis second = x.axis(inner);
                View from = view(x).merges(first, second) ? view(x) : copied(x, adjacent(x.axes(), first, second));
                views.put(node, from.merge(first, second, merged));
            }
            case Op.Slice(Tensor x, String axis, int start, _) -> views.put(node, view(x).slice(axis, start));
            case Op.Pad(Tensor x, String axis, int before, _) -> {
                View out = dense(view(x).order(node.axes()));
                add(node, out, new ZeroKernel(out.buffer()),
                        new CopyKernel(view(x), out.slice(axis, before), inner(out.order(x.axes()))));
            }
            case Op.Concatenate(List<Tensor> parts, String axis) -> {
                View out = dense(view(parts.getFirst()).order(node.axes()));
                List<Kernel> copies = new ArrayList<>();
                int start = 0;
                for (Tensor part : parts) {
                    copies.add(new CopyKernel(view(part), out.slice(axis, start), inner(out.order(part.axes()))));
                    start += part.axis(axis).size();
                }
                add(node, out, copies.toArray(Kernel[]::new));
            }
            case Op.Gather(Tensor x, String axis, Tensor index) -> {
                View out = dense(node.axes());
                add(node, out, new GatherKernel(view(x), view(index), out, inner(node.axes()),
                        Index.of(node, x.axis(axis))));
            }
            case Op.ScatterAdd(Tensor updates, Axis axis, Tensor index, Set<String> matched) -> {
                View out = dense(node.axes());
                List<Axis> kept = updates.axes().stream().filter(a -> node.has(a.name())).toList();
                List<Axis> summed = updates.axes().stream().filter(a -> !node.has(a.name())).toList();
                add(node, out, new ZeroKernel(out.buffer()), new ScatterAddKernel(view(updates), view(index), out,
                        inner(kept), inner(summed), Index.of(node, axis)));
            }
            case Op.Assign _ -> {}
        }
    }

    /// Plans a contraction, with the bias from which its sums start and the value that is added to them, if there are any.
    private void contract(Tensor node) {
        Tensor product = fusion.summand(node);
        Tensor contraction = fusion.product(product);
        View start = product == contraction ? zero : view(product.op().operands().get(1));
        Optional<View> addend = product == node ? Optional.empty()
                : node.op().operands().stream().filter(x -> x != product).findFirst().map(this::sideBySide);
        if (contraction.op() instanceof Op.Contract(Tensor x, Tensor y, Set<String> summed)) {
            Products.Shared products = fusion.fixed(node) ? onceProducts : stepProducts;
            Products.Operand left = new Products.Operand(sideBySide(x), x.axes(), triangles.zeroOutside(x));
            Products.Operand right = new Products.Operand(sideBySide(y), y.axes(), triangles.zeroOutside(y));
            Products planned = products.plan(start, addend, left, right, summed, lanes,
                    triangles.readInside(contraction));
            add(node, planned.out(), planned.kernels().toArray(Kernel[]::new));
        }
    }

    private void chain(Tensor root) {
        List<Tensor> results = fusion.stored(root);
        String along = fusion.rows(root);
        Chain chain = Chains.of(results, t -> fusion.inside(t, root),
                input -> along.isEmpty() ? view(input) : sideBySide(input), lanes);
        Map<Tensor, View> targets = new HashMap<>();
        List<Axis> order = inner(last(layout(chain, root.axes()), along));
        for (Tensor result : results) {
            Tensor assignment = inPlace(result, root);
            if (assignment != null) {
                Tensor variable = assignment.op().operands().getFirst();
                if (targets.isEmpty()) {
                    order = variable.axes();
                }
                if (order.equals(variable.axes())) {
                    targets.put(result, view(variable));
                    assigned.add(assignment);
                }
            }
        }
        List<View> outs = new ArrayList<>();
        for (Tensor result : results) {
            View target = targets.get(result);
            outs.add(target == null ? dense(order) : target);
        }
        (fusion.fixed(root) ? once : steps).add(new ElementwiseKernel(chain, order, lanes, outs));
        for (int i = 0; i < outs.size(); i++) {
            views.put(results.get(i), outs.get(i));
        }
    }

    private void reduce(Tensor node, Op.Reduce.Function function, Tensor x, Set<String> names) {
        boolean inside = fusion.inside(x, node);
        if (!inside && names.stream().allMatch(name -> x.axis(name).size() == 1)) {
            View view = view(x);
            for (String name : names) {
                view = view.drop(name);
            }
            views.put(node, view);
            return;
        }
        Chain chain = Chains.of(List.of(x), t -> inside && fusion.inside(t, node), this::view, lanes);
        List<Axis> order = inner(layout(chain, x.axes())).stream().filter(a -> a.size() > 1).toList();
        List<Axis> last = order.subList(Math.max(0, order.size() - 1), order.size());
        List<Axis> outer = order.subList(0, Math.max(0, order.size() - 1));
        boolean keepsInner = last.stream().anyMatch(a -> node.has(a.name()));
        List<Axis> kept = outer.stream().filter(a -> node.has(a.name())).toList();
        List<Axis> reduced = outer.stream().filter(a -> !node.has(a.name())).toList();
        List<Axis> result = new ArrayList<>(node.axes().stream().filter(a -> a.size() == 1).toList());
        result.addAll(kept);
        if (keepsInner) {
            result.addAll(last);
        }
        View out = dense(result);
        add(node, out, new ReductionKernel(function, chain, kept, reduced, last, keepsInner, lanes, out));
    }

    private void rows(Tensor node, Composite composite, List<Tensor> operands) {
        String along = Rows.axis(composite);
        Tensor x = operands.getFirst();
        Axis lane = x.axis(lanes);
        List<View> from = new ArrayList<>(operands.stream().map(operand -> spread(operand, lane)).toList());
        List<Axis> others = from.getFirst().order(
                x.axes().stream().filter(a -> !a.name().equals(along) && !a.equals(lane)).toList());
        Index index = Index.of(node, x.axis(along));
        View out = dense(from.getFirst().order(node.axes()));
        // What a cross-entropy leaves has one position more, for the sum; the gradient is laid out like it, to replace it.
        List<Axis> longer = from.getFirst().order(x.axes()).stream()
                .map(a -> a.name().equals(along) ? new Axis(along, a.size() + 1) : a).toList();
        Logits logits = new Logits(x, along);
        switch (composite) {
            case Composites.CrossEntropy _ -> {
                View left = dense(longer);
                exponentials.put(logits, left);
                add(node, out, Rows.planCrossEntropy(from, left, out, index, others, lane));
            }
            case Composites.CrossEntropyGradient _ -> {
                View left = exponentials.get(logits);
                if (left == null) {
                    left = dense(longer);
                    View loss = dense(from.getFirst().order(operands.getLast().axes()));
                    add(node, loss, Rows.planCrossEntropy(from, left, loss, index, others, lane));
                }
                from.set(0, left);
                View gradient = dense(longer);
                add(node, gradient, Rows.plan(composite, from, gradient, index, others, lane, Rows.Part.WHOLE));
            }
            default -> add(node, out, Rows.plan(composite, from, out, index, others, lane, part(node)));
        }
    }

    /// Returns the part of a row-wise function's operands that it needs to read.
    private Rows.Part part(Tensor node) {
        Optional<Triangle> triangle = triangles.zeroOutside(node);
        return triangle.map(t -> new Rows.Part(t, triangle.equals(triangles.readInside(node)))).orElse(Rows.Part.WHOLE);
    }

    /// Returns axes in the order in which the first input that has them all is laid out.
    private List<Axis> layout(Chain chain, List<Axis> axes) {
        for (View input : chain.inputs()) {
            if (axes.stream().allMatch(a -> a.size() == 1 || input.stride(a.name()) != 0)) {
                return input.order(axes);
            }
        }
        return axes;
    }

    /// Returns the assignment of this value, if nothing needs the variable's old value after the value's kernel, if
    /// that kernel reads it element by element and runs every time, and if no later one can fail; else null.
    private @Nullable Tensor inPlace(Tensor node, Tensor root) {
        if (fusion.fixed(node) || root.id() < lastLookUp) {
            return null;
        }
        for (Tensor user : fusion.users(node)) {
            if (user.op() instanceof Op.Assign(Tensor variable, Tensor value) && value == node && !isOutput(node)
                    && !isOutput(variable) && lastRead(variable) <= root.id()) {
                return user;
            }
        }
        return null;
    }

    private static boolean looksUp(Tensor node) {
        return switch (node.op()) {
            case Op.Gather _, Op.ScatterAdd _ -> true;
            case Op.Call(var composite, _) ->
                composite instanceof Composites.CrossEntropy || composite instanceof Composites.CrossEntropyGradient;
            default -> false;
        };
    }

    /// Returns the number of the last stored value that is computed from the old value of a tensor. A kernel that reads it
    /// through a view reads other elements than it writes, and counts as later than itself.
    private int lastRead(Tensor tensor) {
        int last = -1;
        for (Tensor user : fusion.users(tensor)) {
            int root = fusion.repeated(user) ? lastRead(user) : fusion.root(user).id();
            last = Math.max(last, switch (user.op()) {
                case Op.Assign(Tensor variable, _) when variable == tensor -> -1;
                case Op.Assign _ -> END;
                case Op.Expand _, Op.Rename _, Op.Split _, Op.Merge _, Op.Slice _, Op.Reduce _ ->
                    isOutput(user) ? END : Math.max(root, 1 + lastRead(user));
                default -> root;
            });
        }
        return last;
    }

    private boolean isOutput(Tensor node) {
        return graph.outputs().values().stream().anyMatch(output -> output.tensor() == node);
    }

    /// Returns a view with the lanes side by side, if the tensor has them.
    private View sideBySide(Tensor x) {
        return x.has(lanes) ? spread(x, x.axis(lanes)) : view(x);
    }

    /// Returns a view with the lanes side by side, repeated if the tensor lacks them.
    private View spread(Tensor x, Axis lane) {
        if (view(x).stride(lanes) == 1) {
            return view(x);
        }
        List<Axis> axes = new ArrayList<>(x.axes());
        axes.remove(lane);
        axes.add(lane);
        return copied(x, axes);
    }

    /// Returns a view of values that are the run's own: an input or a variable may be written before they are read.
    private View stable(Tensor x) {
        Buffer buffer = view(x).buffer();
        boolean shared = Stream.concat(inputs.values().stream(), variables.values().stream())
                .anyMatch(view -> view.buffer() == buffer);
        return shared ? copied(x, x.axes()) : view(x);
    }

    private View copied(Tensor x, List<Axis> order) {
        View out = dense(inner(order));
        (fusion.fixed(x) ? once : steps).add(new CopyKernel(view(x), out, inner(order)));
        return out;
    }

    private static List<Axis> adjacent(List<Axis> axes, Axis outer, Axis inner) {
        List<Axis> order = new ArrayList<>(axes);
        order.remove(inner);
        order.add(order.indexOf(outer) + 1, inner);
        return order;
    }

    private void add(Tensor node, View out, Kernel... kernels) {
        (fusion.fixed(node) ? once : steps).addAll(List.of(kernels));
        views.put(node, out);
    }

    private void constant(Tensor node, List<Axis> axes, Values values) {
        View view = dense(axes);
        constants.put(view, new Plan.Filling(axes, values));
        views.put(node, view);
    }

    private View input(Tensor node) {
        View view = dense(node.axes());
        inputs.put(((Op.Input) node.op()).name(), view);
        return view;
    }

    private View variable(String name) {
        View view = variables.get(name);
        if (view == null) {
            throw new IllegalArgumentException("the session has no variable '" + name + "'");
        }
        return view;
    }

    private View view(Tensor node) {
        View view = views.get(node);
        if (view == null) {
            throw new IllegalStateException("not planned yet: " + node);
        }
        return view;
    }

    private View dense(List<Axis> order) {
        return View.dense(inner(order), lanes);
    }

    /// Returns axes with the lanes innermost.
    private List<Axis> inner(List<Axis> axes) {
        return last(axes, lanes);
    }

    /// Returns axes with one of them innermost, if it is there.
    private static List<Axis> last(List<Axis> axes, String name) {
        List<Axis> order = new ArrayList<>(axes.stream().filter(a -> !a.name().equals(name)).toList());
        axes.stream().filter(a -> a.name().equals(name)).forEach(order::add);
        return order;
    }
}
