package org.intarsia.backends.opencl.code;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.opencl.plan.Region;

/// Writes a large product as tiles of a matrix product, out[m, n] = Σₖ left[m, k] · right[n, k], for each position of the
/// axes that both operands keep. A work-group has a tile of 32 × 32: step by step it brings a strip of each operand into its
/// memory, from where each work-item reads what its 4 × 4 numbers need.
public final class TileWriter {

    /// Work-items of a group: eight by eight, with four by four numbers each.
    public static final int ITEMS = 64;
    /// Numbers of a group's memory for the two strips.
    static final int LOCAL = 2 * 16 * 32;

    private static final int SIZE = 32;

    private final Tensor product;
    private final Memory memory;
    private final Tensor left;
    private final Tensor right;
    private final List<Axis> batch;
    private final List<Axis> rows;
    private final List<Axis> columns;
    private final List<Axis> summed;
    private final Numbers numbers = new Numbers();
    private final Text text = new Text();
    private final Loops loops = new Loops(text, numbers);
    private final Expressions expressions;

    private TileWriter(Region region, Tensor product, Memory memory, Faults faults) {
        this.product = product;
        this.memory = memory;
        if (!(product.op() instanceof Op.Contract(Tensor x, Tensor y, Set<String> names))) {
            throw new IllegalArgumentException("not a product: " + product);
        }
        left = x;
        right = y;
        summed = Loops.summed(product);
        batch = x.axes().stream().filter(axis -> y.has(axis.name()) && !names.contains(axis.name())).toList();
        rows = x.axes().stream().filter(axis -> !y.has(axis.name())).toList();
        columns = y.axes().stream().filter(axis -> !x.has(axis.name())).toList();
        expressions = new Expressions(region, memory, faults, numbers, text);
    }

    static Body write(Region region, Memory memory, Faults faults) {
        return new TileWriter(region, region.stages().getFirst(), memory, faults).write();
    }

    private Body write() {
        int down = Math.ceilDiv(Axis.count(rows), SIZE);
        int across = Math.ceilDiv(Axis.count(columns), SIZE);
        String m = numbers.add(Axis.count(rows));
        String n = numbers.add(Axis.count(columns));
        String k = numbers.add(Axis.count(summed));
        String acrossNumber = numbers.add(across);
        String downNumber = numbers.add(down);
        text.line("const int n0_ = g % " + acrossNumber + " * 32, m0_ = g / " + acrossNumber + " % " + downNumber
                + " * 32;");
        text.line("const int batch = g / " + acrossNumber + " / " + downNumber + ";");
        Map<String, String> at = new HashMap<>();
        loops.place("batch", batch, "o", at);
        text.line("const int mi = l / 8 * 4, ni = l % 8 * 4;");
        text.line("float acc[16];");
        text.line("for (int i = 0; i < 16; i++) acc[i] = 0.0f;");
        text.open("for (int k0_ = 0; k0_ < " + k + "; k0_ += 16)");
        strip(left, rows, "m0_", m, k, 0, at);
        strip(right, columns, "n0_", n, k, LOCAL / 2, at);
        text.line("SYNC;");
        text.line("""
                for (int s = 0; s < 16; s++)
                            for (int i = 0; i < 4; i++)
                                for (int j = 0; j < 4; j++)
                                    acc[4 * i + j] += S[32 * s + mi + i] * S[512 + 32 * s + ni + j];""");
        text.line("SYNC;");
        text.close();
        text.open("for (int e = 0; e < 16; e++)");
        text.line("const int mm = m0_ + mi + e / 4, nn = n0_ + ni + e % 4;");
        text.open("if (mm < " + m + " && nn < " + n + ")");
        Map<String, String> target = new HashMap<>(at);
        loops.place("mm", rows, "i", target);
        loops.place("nn", columns, "i", target);
        text.line(expressions.element(product, memory.place(product), target) + " = acc[e];");
        loops.end(2);
        return new Body(numbers.declarations() + text, numbers.values(), Axis.count(batch) * down * across, false,
                LOCAL);
    }

    /// Brings 16 × 32 numbers of an operand into the group's memory, zeros beyond its end.
    private void strip(Tensor operand, List<Axis> own, String first, String count, String depth, int to,
            Map<String, String> at) {
        String element = loops.begin("e", "l", "512", "L");
        String position = text.fresh("x");
        text.line("const int " + position + " = " + first + " + " + element + " % 32, " + position + "k = k0_ + "
                + element + " / 32;");
        String value = text.fresh("v");
        text.line("float " + value + " = 0.0f;");
        text.open("if (" + position + " < " + count + " && " + position + "k < " + depth + ")");
        Map<String, String> inside = new HashMap<>(at);
        loops.place(position, own, "i", inside);
        loops.place(position + "k", summed, "r", inside);
        text.line(value + " = " + expressions.value(operand, inside) + ";");
        text.close();
        text.line("S[" + to + " + " + element + "] = " + value + ";");
        text.close();
    }
}
