package org.intarsia.testkit;

import java.util.Map;
import java.util.Random;
import org.intarsia.api.graph.Graph;

/// A graph drawn at random from a seed: operands of all types, several users of a value, views of views, composites,
/// axes in any order, `batch` among them; and, by kind, gradients or assignments.
///
/// @param seed what is drawn
/// @param steps how many ops are drawn; fewer give the beginning of the same graph
record RandomGraph(long seed, int steps) implements Trial {

    /// Returns the graph of a seed. Gradients make several ops of each, so there are fewer to begin with.
    static RandomGraph of(long seed) {
        long size = seed / Kind.values().length;
        return new RandomGraph(seed, (int) (kind(seed) == Kind.GRADIENTS ? 1 + size % 6 : 2 + size % 11));
    }

    /// What a graph has besides outputs.
    enum Kind {
        /// Nothing.
        PLAIN,
        /// The gradients of all leaves.
        GRADIENTS,
        /// An assignment of every variable.
        ASSIGNMENTS
    }

    Kind kind() {
        return kind(seed);
    }

    private static Kind kind(long seed) {
        return Kind.values()[(int) Math.floorMod(seed, (long) Kind.values().length)];
    }

    @Override
    public Map<String, double[]> build(Graph graph) {
        RandomGraphBuilder builder = new RandomGraphBuilder(graph, seed, kind() == Kind.PLAIN);
        builder.addLeaves();
        for (int step = 0; step < steps; step++) {
            builder.addStep();
        }
        Random choice = new Random(seed + 1);
        switch (kind()) {
            case PLAIN -> {}
            case GRADIENTS -> builder.addGradients();
            case ASSIGNMENTS -> builder.addAssignments(choice);
        }
        builder.addOutputs(choice);
        return builder.inputs();
    }
}
