package org.intarsia.api.graph;

import java.util.Optional;
import java.util.function.Function;
import org.intarsia.api.data.Seed;

/// A place in the tree of names of a graph. What is declared here is named after it, and starts from a random stream of
/// that name, so a parameter's initial value depends on the seed and its own path and on nothing else in the model.
public final class Scope {

    private final Graph graph;
    private final String path;
    private final Seed seed;
    private final Optional<Tensor> step;

    Scope(Graph graph, String path, Seed seed, Optional<Tensor> step) {
        this.graph = graph;
        this.path = path;
        this.seed = seed;
        this.step = step;
    }

    /// Returns the graph that this scope names.
    public Graph graph() {
        return graph;
    }

    /// Returns the name path, such as `transformer.h.0.attn`; empty for the outermost scope.
    public String path() {
        return path;
    }

    /// Returns the random stream of this scope.
    public Seed seed() {
        return seed.stream(path);
    }

    /// Runs a part of the model in the scope below, so that its parameters, axes and errors carry the name.
    public <T> T within(String name, Function<Scope, T> part) {
        Scope inner = new Scope(graph, below(name), seed, step);
        return graph.within(inner.path, () -> part.apply(inner));
    }

    /// Declares a parameter with axes in the order in which files hold it.
    ///
    /// @throws IllegalArgumentException if the name is taken in this scope
    public Tensor parameter(String name, Initializer start, Axis... axes) {
        String full = below(name);
        return graph.parameter(full, start, seed.stream(full), axes);
    }

    /// Returns uniform numbers in `[0, 1)` where a graph trains, other ones at each step; nothing where it evaluates, since
    /// what is random in training, such as dropout or a random offset, is left out there.
    public Optional<Tensor> random(String name, Axis... axes) {
        return step.map(counter -> graph.random(seed.stream(below(name)), counter, axes));
    }

    /// Returns an axis that belongs to this scope alone, so that two components never clash.
    public Axis axis(String name, int size) {
        return new Axis(below(name), size);
    }

    private String below(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
