package org.intarsia.api.graph;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/// An immutable sequence of numbers, equal by content: what a constant or a fixed initial value holds.
public final class Values {

    private final double[] numbers;

    private Values(double[] numbers) {
        this.numbers = numbers;
    }

    /// Copies the numbers.
    public static Values of(double... numbers) {
        return new Values(numbers.clone());
    }

    /// Computes `count` numbers from their indices.
    public static Values compute(int count, IntToDoubleFunction number) {
        double[] numbers = new double[count];
        Arrays.setAll(numbers, number);
        return new Values(numbers);
    }

    /// Returns how many numbers there are.
    public int count() {
        return numbers.length;
    }

    /// Returns the number at an index.
    public double get(int index) {
        return numbers[index];
    }

    /// Returns a copy of all numbers.
    public double[] toArray() {
        return numbers.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Values that && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return numbers.length <= 4 ? Arrays.toString(numbers) : "[" + numbers.length + " values]";
    }
}
