package org.intarsia.backends.cpu;

import java.util.List;
import java.util.Map;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Values;
import org.intarsia.backends.cpu.kernel.Kernel;
import org.intarsia.backends.cpu.kernel.View;

/// What a graph has become.
///
/// @param lanes the axis that lies innermost, or the empty string
/// @param inputs where the caller's values go
/// @param outputs where the results stand
/// @param constants what is filled in before anything runs
/// @param once what depends on constants alone and runs once
/// @param steps what runs every time, in order
record Plan(String lanes, Map<String, View> inputs, Map<String, View> outputs, Map<View, Filling> constants,
        List<Kernel> once, List<Kernel> steps) {

    /// Fixed values and the order of their axes.
    record Filling(List<Axis> axes, Values values) {}
}
