package org.intarsia.runner.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.Registry;

/// How fast a configuration is in a JVM that has run others before it, beside a JVM of its own: compiled code serves all
/// that ran, so that each may spoil it for the next.
///
/// @param name what was measured
/// @param alone milliseconds per step in a JVM of its own
/// @param shared milliseconds per step in the JVM that has run the others
public record Company(String name, double alone, double shared) {

    /// How many configurations a JVM should bear.
    public static final int SIZE = 24;

    /// The least [#ratio] that is good enough.
    public static final double AIM = 0.9;

    /// Returns the speed in company over the speed alone: below 1, the others did harm.
    public double ratio() {
        return alone / shared;
    }

    /// Returns [#SIZE] configurations with different graphs, in an order that mixes them: embeddings × position encodings ×
    /// losses as far as there are enough, then the same with a half, a third, … of the vocabulary.
    public static List<Variant> variants(Registry registry, Shape shape) {
        List<Variant> variants = new ArrayList<>();
        for (int part = 1; variants.size() < SIZE; part++) {
            List<Variant> combinations = combinations(registry,
                    shape.with("vocabulary", Math.ceilDiv(shape.model().vocabulary(), part)));
            Collections.shuffle(combinations, new Random(part));
            variants.addAll(combinations);
        }
        return List.copyOf(variants.subList(0, SIZE));
    }

    private static List<Variant> combinations(Registry registry, Shape shape) {
        List<Variant> combinations = new ArrayList<>();
        for (String embedding : registry.names(Kind.EMBEDDING)) {
            for (String position : registry.names(Kind.POSITION)) {
                for (String loss : registry.names(Kind.LOSS)) {
                    combinations.add(new Variant(
                            String.join(" ", embedding, position, loss, shape.name()), shape,
                            List.of("embedding=" + embedding, "position=" + position, "loss=" + loss)));
                }
            }
        }
        return combinations;
    }
}
