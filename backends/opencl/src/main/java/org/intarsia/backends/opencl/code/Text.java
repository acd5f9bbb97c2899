package org.intarsia.backends.opencl.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lines of code in nested blocks. A value that was given a name in a block keeps it until the block ends.
final class Text {

    private final StringBuilder lines = new StringBuilder();
    private final List<Map<String, String>> names = new ArrayList<>(List.of(new HashMap<>()));
    private int next;

    /// Returns a name that no other variable has.
    String fresh(String prefix) {
        return prefix + next++;
    }

    void line(String text) {
        lines.append("    ".repeat(names.size())).append(text).append('\n');
    }

    /// Begins a block, such as `for (…)`.
    void open(String head) {
        line(head + " {");
        names.add(new HashMap<>());
    }

    void close() {
        names.removeLast();
        line("}");
    }

    /// Declares a variable for a value, and remembers it under a key.
    String name(String key, String type, String prefix, String value) {
        String name = fresh(prefix);
        line("const " + type + " " + name + " = " + value + ";");
        names.getLast().put(key, name);
        return name;
    }

    /// Remembers a variable under a key until the block ends.
    void remember(String key, String name) {
        names.getLast().put(key, name);
    }

    /// Returns the variable that a key stands for here, or nothing.
    String known(String key) {
        for (Map<String, String> block : names.reversed()) {
            String name = block.get(key);
            if (name != null) {
                return name;
            }
        }
        return "";
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
