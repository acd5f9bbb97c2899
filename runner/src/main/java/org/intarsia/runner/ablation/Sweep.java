package org.intarsia.runner.ablation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What an ablation compares: every cell is resolved and was checked.
///
/// @param name the file's
/// @param factors what is varied
/// @param cells in the order of tables
/// @param seeds each cell is tried with each of them
/// @param baseline what the others are compared with
public record Sweep(String name, List<Factor> factors, List<Cell> cells, List<Long> seeds, Optional<Cell> baseline) {

    private static final int DIGITS = 8;

    /// Copies the lists.
    public Sweep {
        factors = List.copyOf(factors);
        cells = List.copyOf(cells);
        seeds = List.copyOf(seeds);
    }

    /// Returns all runs. The first seed of every cell comes first, so that a sweep that is stopped compares all of them.
    List<Trial> trials() {
        return seeds.stream().flatMap(seed -> cells.stream().map(cell -> new Trial(cell, seed))).toList();
    }

    /// Returns how many optimiser steps all runs take together.
    long steps() {
        return trials().stream().mapToLong(trial -> trial.configuration().training().steps()).sum();
    }

    /// Returns the first eight hexadecimal digits of the SHA-256 of all runs' names and configurations.
    public String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Trial trial : trials()) {
                String line = trial.cell().folder() + "/" + trial.seed() + " " + trial.configuration().hash() + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
