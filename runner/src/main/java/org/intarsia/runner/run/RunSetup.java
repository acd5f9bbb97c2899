package org.intarsia.runner.run;

import java.util.List;
import java.util.Map;

/// What was to run, on which data, where.
///
/// @param configuration the hash of the configuration
/// @param data a hash of the sequences
/// @param notes what the task says of its data
/// @param seed the seed
/// @param steps how many optimiser steps were asked for
/// @param parameters how many numbers are trained
/// @param lossUnit what the losses of evaluations are in: nats, or the name of a loss of numbers
/// @param baselines what predictors without a model score on the test sequences
/// @param device what computes
/// @param machine the machine
/// @param versions of the program and of each component, by kind
public record RunSetup(
        String configuration,
        String data,
        List<String> notes,
        long seed,
        int steps,
        long parameters,
        String lossUnit,
        List<Baseline> baselines,
        Device device,
        Machine machine,
        Map<String, Part> versions) {

    /// The unit of cross-entropies.
    public static final String NATS = "nats";

    /// What computes.
    ///
    /// @param name the device
    /// @param precision `single` or `double`
    /// @param threads how many threads take part
    public record Device(String name, String precision, int threads) {}

    /// The machine.
    ///
    /// @param jvm the Java runtime
    /// @param os the operating system
    /// @param processor the model of the processor
    /// @param cores how many processors the Java runtime may use
    public record Machine(String jvm, String os, String processor, int cores) {}

    /// A part of the program.
    ///
    /// @param name under which it was selected
    /// @param type the class of its factory
    /// @param version of its jar
    public record Part(String name, String type, String version) {}
}
