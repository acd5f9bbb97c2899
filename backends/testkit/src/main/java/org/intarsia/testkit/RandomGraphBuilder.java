package org.intarsia.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// Writes a random graph. Numbers stay of moderate size, and a function with a step or a kink is only taken where all
/// precisions agree on the side: at numbers that were moved but never computed.
final class RandomGraphBuilder {

    private static final int MOST_ELEMENTS = 3000;
    private static final int MOST_MISFITS = 10_000;
    /// A few, since some backends take long to compile each.
    private static final int MOST_GRADIENTS = 2;
    private static final List<String> NAMES =
            List.of("batch", "time", "width", "head", "channel", "key", "query", "part",
                    "rest");

    private final Graph graph;
    private final Seed draws;
    private final Random random;
    private final boolean kinks;
    private final Map<String, double[]> inputs = new LinkedHashMap<>();
    private final List<Known> known = new ArrayList<>();
    private final List<Axis> axes = new ArrayList<>();

    /// A value of the graph.
    ///
    /// @param tensor the value
    /// @param moved whether its numbers come from a leaf and have only been moved since
    /// @param exact whether they are moved multiples of ¼, so that ties are ties in every precision
    /// @param limit for integers, the number below which they are
    private record Known(Tensor tensor, boolean moved, boolean exact, int limit) {

        boolean real() {
            return tensor.type() == DataType.FLOAT;
        }

        Known with(Tensor other) {
            return new Known(other, moved, exact, limit);
        }
    }

    /// @param kinks whether a maximum or an absolute value of computed numbers is allowed, which has no use for gradients
    RandomGraphBuilder(Graph graph, long seed, boolean kinks) {
        this.graph = graph;
        this.kinks = kinks;
        draws = Seed.of(seed).stream("random graph");
        random = new Random(seed);
        int head = 1 + random.nextInt(3);
        int channel = 1 + random.nextInt(5);
        axes.add(new Axis("batch", any(List.of(1, 3, 8, 16, 17, 33))));
        axes.add(new Axis("time", 1 + random.nextInt(6)));
        axes.add(new Axis("head", head));
        axes.add(new Axis("channel", channel));
        axes.add(new Axis("width", head * channel));
    }

    Map<String, double[]> inputs() {
        return inputs;
    }

    void addLeaves() {
        int count = 3 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            addRealLeaf(i);
        }
        // Another variable like the first, so that assignments can swap them.
        graph.variables().values().stream().findFirst().ifPresent(first -> {
            Axis[] own = first.axes().reversed().toArray(Axis[]::new);
            Values start = Sample.real(own).values(draws.stream("twin"));
            add(graph.variable("twin", new Initializer.Given(start), draws, own), false, 0);
        });
        int limit = 1 + random.nextInt(4);
        add(input("indices", Sample.integers(0, limit, someAxes())), true, limit);
        Axis along = any(axes);
        add(graph.index(along), true, along.size());
        add(input("truths", Sample.truths(someAxes())), true, 0);
    }

    private void addRealLeaf(int number) {
        Axis[] own = someAxes();
        boolean exact = random.nextInt(3) == 0;
        Sample sample = exact ? Sample.real((r, _) -> r.nextInt(-8, 9) * 0.25, own) : Sample.real(own);
        Values values = sample.values(draws.at(number));
        add(switch (random.nextInt(4)) {
            case 0 -> graph.constant(DataType.FLOAT, values, own);
            case 1 -> graph.variable("v" + number, new Initializer.Given(values), draws, own);
            default -> input("x" + number, sample);
        }, exact, 0);
    }

    private void add(Tensor leaf, boolean exact, int limit) {
        known.add(new Known(leaf, true, exact, limit));
    }

    private Tensor input(String name, Sample sample) {
        inputs.put(name, sample.values(draws.stream(name)).toArray());
        return graph.input(name, sample.type(), sample.axes().toArray(Axis[]::new));
    }

    private Axis[] someAxes() {
        List<Axis> own = new ArrayList<>(axes);
        own.removeIf(_ -> random.nextInt(5) < 2);
        Collections.shuffle(own, random);
        while (Axis.count(own) > MOST_ELEMENTS) {
            own.removeFirst();
        }
        return own.toArray(Axis[]::new);
    }

    /// Adds one op, on the newest value as often as on any other.
    void addStep() {
        int misfits = 0;
        while (misfits < MOST_MISFITS) {
            Known x = random.nextBoolean() ? known.getLast() : any(known);
            try {
                Known next = step(x);
                if (next.tensor().count() <= MOST_ELEMENTS && !known.contains(next)) {
                    known.add(next);
                    return;
                }
                misfits++;
            } catch (IllegalArgumentException misfit) {
                // These operands do not fit each other; what was written for them is dead code, which is also a test.
                misfits++;
            }
        }
        throw new IllegalStateException("no op fits anything of " + known);
    }

    private Known step(Known x) {
        return switch (x.tensor().type()) {
            case FLOAT -> switch (random.nextInt(12)) {
                case 0, 1 -> unary(x);
                case 2, 3, 4 -> binary(x, anyOf(DataType.FLOAT));
                case 5 -> select(x, anyOf(DataType.FLOAT));
                case 6 -> contract(x.tensor(), anyOf(DataType.FLOAT).tensor());
                case 7 -> reduce(x);
                case 8 -> composite(x.tensor());
                case 9 -> lookup(x);
                default -> view(x);
            };
            case INTEGER -> switch (random.nextInt(3)) {
                case 0 -> x.with(x.tensor().convert(DataType.FLOAT));
                case 1 -> compare(x, anyOf(DataType.INTEGER));
                default -> view(x);
            };
            case BOOLEAN -> switch (random.nextInt(3)) {
                case 0 -> x.with(x.tensor().convert(DataType.FLOAT));
                case 1 -> select(anyOf(DataType.FLOAT), anyOf(DataType.FLOAT));
                default -> view(x);
            };
        };
    }

    private static Known computed(Tensor tensor) {
        return new Known(tensor, false, false, 0);
    }

    private Known unary(Known known) {
        Tensor x = known.tensor();
        return switch (random.nextInt(13)) {
            case 0 -> computed(x.tanh());
            case 1 -> computed(x.tanh().exp());
            case 2 -> computed(x.square().add(1).log());
            case 3 -> computed(x.square().add(1).sqrt());
            case 4 -> computed(x.square().add(1).reciprocal());
            case 5 -> computed(x.mul(-0.5));
            case 6 -> computed(x.add(0.25));
            case 7 -> computed(x.gelu());
            case 8 -> computed(x.square().mul(0.25));
            case 9 -> computed(x.mul(graph.random(draws, graph.constant(DataType.INTEGER, random.nextInt(9)),
                    x.axes().reversed().toArray(Axis[]::new))));
            case 10 -> known.exact() || kinks ? known.with(x.abs()) : computed(x.neg());
            case 11 -> known.exact() ? known.with(x.floor()) : computed(x.neg());
            default -> known.with(x.neg());
        };
    }

    private Known binary(Known left, Known right) {
        boolean spread = random.nextBoolean();
        Tensor x = spread ? left.tensor().like(right.tensor()) : left.tensor();
        Tensor y = spread ? right.tensor().like(x) : right.tensor();
        boolean exact = left.exact() && right.exact();
        return switch (random.nextInt(8)) {
            case 0, 1 -> computed(x.add(y));
            case 2 -> computed(x.sub(y));
            case 3, 4 -> computed(x.mul(y).mul(0.5));
            case 5 -> computed(x.div(y.square().add(1)));
            case 6 -> exact || kinks
                    ? new Known(random.nextBoolean() ? x.maximum(y) : x.minimum(y), false, exact, 0)
                    : computed(x.add(y));
            default -> exact ? compare(left, right) : computed(y.sub(x));
        };
    }

    private Known compare(Known x, Known y) {
        return new Known(switch (random.nextInt(3)) {
            case 0 -> x.tensor().less(y.tensor());
            case 1 -> x.tensor().lessOrEqual(y.tensor());
            default -> x.tensor().equal(y.tensor());
        }, false, true, 0);
    }

    private Known select(Known x, Known y) {
        Tensor condition = anyOf(DataType.BOOLEAN).tensor();
        if (random.nextBoolean()) {
            condition = condition.like(x.tensor());
        }
        return new Known(condition.select(x.tensor(), y.tensor()), false, x.exact() && y.exact(), 0);
    }

    private Known contract(Tensor x, Tensor y) {
        List<Axis> summed = new ArrayList<>(x.axes().stream().filter(a -> y.has(a.name())).toList());
        summed.removeIf(_ -> random.nextInt(3) == 0);
        return computed(x.contract(summed, y).mul(1 / Math.sqrt(Axis.count(summed))));
    }

    private Known reduce(Known x) {
        List<Axis> gone = new ArrayList<>(x.tensor().axes());
        gone.removeIf(_ -> random.nextBoolean());
        return switch (random.nextInt(3)) {
            case 0 -> computed(x.tensor().sum(gone).mul(1 / Math.sqrt(Axis.count(gone))));
            case 1 -> computed(x.tensor().mean(gone.toArray(Axis[]::new)));
            default -> x.exact() || kinks
                    ? new Known(x.tensor().max(gone.toArray(Axis[]::new)), false, x.exact(), 0)
                    : computed(x.tensor().sum(gone).mul(1.0 / Axis.count(gone)));
        };
    }

    private Known composite(Tensor x) {
        Axis along = any(x.axes());
        return computed(switch (random.nextInt(4)) {
            case 0 -> x.softmax(along);
            case 1 -> x.layerNorm(along, 0.125);
            case 2 -> anyOf(DataType.BOOLEAN).tensor().select(x, graph.constant(-10_000)).softmax(along);
            default -> x.crossEntropy(along, index(along.size()));
        });
    }

    private Known lookup(Known known) {
        Tensor x = known.tensor();
        if (random.nextBoolean()) {
            Axis along = any(x.axes());
            return known.with(x.gather(along, index(along.size())));
        }
        Axis buckets = new Axis(any(NAMES), 4 + random.nextInt(3));
        Tensor index = index(buckets.size());
        List<Axis> matched = new ArrayList<>(index.axes());
        matched.removeIf(_ -> random.nextBoolean());
        return computed(x.scatterAdd(buckets, index, matched).mul(0.5));
    }

    private Tensor index(int size) {
        return any(known.stream().filter(k -> k.tensor().type() == DataType.INTEGER && k.limit() <= size).toList())
                .tensor();
    }

    private Known view(Known known) {
        Tensor x = known.tensor();
        Axis axis = any(x.axes());
        String name = axis.name();
        return known.with(switch (random.nextInt(9)) {
            case 0, 1 -> x.rename(name, any(NAMES));
            case 2 -> {
                int outer = any(List.of(1, 2, 3, axis.size()));
                if (axis.size() % outer != 0) {
                    throw new IllegalArgumentException(axis + " is not a multiple of " + outer);
                }
                yield x.split(name, new Axis(any(NAMES), outer), new Axis(any(NAMES), axis.size() / outer));
            }
            case 3, 4 -> x.merge(name, any(x.axes()).name(), any(NAMES));
            case 5 -> {
                Tensor part = x;
                for (int times = random.nextInt(3); times >= 0; times--) {
                    int size = part.axis(name).size();
                    int start = random.nextInt(size);
                    part = part.slice(name, start, 1 + random.nextInt(size - start));
                }
                yield part;
            }
            case 6 -> x.pad(name, random.nextInt(3), random.nextInt(2));
            case 7 -> x.expand(any(axes));
            default -> Tensor.concatenate(name, x, x, x.slice(name, axis.size() / 2, 1));
        });
    }

    /// Adds the gradients of the newest real value by some of the leaves that it is computed from, or of a leaf's mean where
    /// there is none.
    void addGradients() {
        Tensor last = known.stream().filter(Known::real).reduce((_, newer) -> newer).orElseThrow().tensor();
        Tensor loss = last.tanh().mean(last.axes().toArray(Axis[]::new));
        Set<Tensor> needed = ancestors(last);
        List<Tensor> leaves = new ArrayList<>(graph.variables().values());
        graph.inputs().values().stream().filter(t -> t.type() == DataType.FLOAT).forEach(leaves::add);
        Collections.shuffle(leaves, random);
        if (leaves.stream().anyMatch(needed::contains)) {
            leaves.retainAll(needed);
        } else if (!leaves.isEmpty()) {
            Tensor other = leaves.getFirst();
            leaves.retainAll(Set.of(other));
            loss = loss.add(other.mean(other.axes().toArray(Axis[]::new)));
        }
        graph.output("loss", loss);
        Gradients.of(loss, leaves.subList(0, Math.min(MOST_GRADIENTS, leaves.size())))
                .forEach((leaf, gradient) -> graph.output("gradient of " + leaf, gradient,
                        gradient.axes().reversed().toArray(Axis[]::new)));
    }

    /// Returns what a value follows when it is moved a little: not what only a comparison has looked at.
    private Set<Tensor> ancestors(Tensor last) {
        Set<Tensor> ancestors = new LinkedHashSet<>(List.of(last));
        for (Tensor node : graph.nodes().reversed()) {
            if (ancestors.contains(node)) {
                node.op().operands().stream().filter(operand -> operand.type() == DataType.FLOAT)
                        .forEach(ancestors::add);
            }
        }
        return ancestors;
    }

    /// Assigns every variable: another variable, a view of a leaf, or something computed.
    void addAssignments(Random choice) {
        for (Tensor variable : List.copyOf(graph.variables().values())) {
            List<Known> alike = known.stream()
                    .filter(k -> k.real() && k.moved()
                            && Set.copyOf(k.tensor().axes()).equals(Set.copyOf(variable.axes())))
                    .toList();
            if (choice.nextBoolean() && !alike.isEmpty()) {
                graph.assign(variable, alike.get(choice.nextInt(alike.size())).tensor());
            } else {
                graph.assign(variable, update(variable, known.get(choice.nextInt(known.size()))));
            }
        }
    }

    private Tensor update(Tensor variable, Known from) {
        Tensor x = from.tensor().convert(DataType.FLOAT);
        List<Axis> gone = x.axes().stream().filter(a -> !variable.axes().contains(a)).toList();
        Tensor fitting = x.mean(gone.toArray(Axis[]::new));
        return variable.mul(0.5).add(fitting.tanh());
    }

    /// Gives out the newest value and some others, in any order of axes.
    void addOutputs(Random choice) {
        Set<Tensor> given = new LinkedHashSet<>(List.of(known.getLast().tensor()));
        int count = choice.nextInt(3);
        for (int i = 0; i < count; i++) {
            given.add(known.get(choice.nextInt(known.size())).tensor());
        }
        for (Tensor tensor : given) {
            List<Axis> order = new ArrayList<>(tensor.axes());
            Collections.shuffle(order, choice);
            graph.output("%" + tensor.id(), tensor, order.toArray(Axis[]::new));
        }
    }

    private Known anyOf(DataType type) {
        return any(known.stream().filter(k -> k.tensor().type() == type).toList());
    }

    private <T> T any(List<T> choices) {
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to choose from");
        }
        return choices.get(random.nextInt(choices.size()));
    }
}
