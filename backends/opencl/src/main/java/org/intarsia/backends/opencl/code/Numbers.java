package org.intarsia.backends.opencl.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The numbers that the code of a region reads, in the order in which it first needs them.
final class Numbers {

    private final List<Integer> values = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();

    /// Returns the name of a number that nothing else stands for.
    String add(int value) {
        values.add(value);
        return "n" + (values.size() - 1);
    }

    /// Returns the name of a number that is needed again and again.
    String add(String key, int value) {
        return names.computeIfAbsent(key, _ -> add(value));
    }

    List<Integer> values() {
        return List.copyOf(values);
    }

    /// Returns the lines that read them.
    String declarations() {
        return IntStream.range(0, values.size()).mapToObj(i -> "    const int n" + i + " = d[" + i + "];\n")
                .collect(Collectors.joining());
    }
}
