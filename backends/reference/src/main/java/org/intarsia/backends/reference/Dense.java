package org.intarsia.backends.reference;

import java.util.List;
import org.intarsia.api.graph.Axis;

/// Numbers in the order of their axes, the last axis fastest. Once computed they are never changed, so values are shared
/// freely between nodes, variables and outputs.
final class Dense {

    private final List<Axis> axes;
    private final double[] numbers;

    Dense(List<Axis> axes, double[] numbers) {
        this.axes = axes;
        this.numbers = numbers;
    }

    List<Axis> axes() {
        return axes;
    }

    double[] numbers() {
        return numbers;
    }

    /// Returns how far apart two neighbours along an axis are; 0 if there is no such axis, which repeats the values.
    int stride(String name) {
        int stride = 1;
        for (Axis axis : axes.reversed()) {
            if (axis.name().equals(name)) {
                return stride;
            }
            stride *= axis.size();
        }
        return 0;
    }

    /// Returns the numbers in another order of axes; along an axis that is not here they are repeated.
    double[] numbers(List<Axis> order) {
        if (order.equals(axes)) {
            return numbers;
        }
        double[] result = new double[Axis.count(order)];
        for (Walk walk = new Walk(order, this); walk.inside(); walk.step()) {
            result[walk.count()] = numbers[walk.offset(0)];
        }
        return result;
    }
}
