package org.intarsia.backends.cpu.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Small element-wise kernels of the same chain, computed together: the update of many small parameters. What each reads is
/// copied side by side into a block, and what it writes is copied back, so that the way from step to step is gone once and
/// not for every handful of numbers. All of them are one unit.
public final class ElementwiseBatch extends Kernel {

    private final List<ElementwiseKernel> members;
    private final Chain chain;
    private final int size;

    private ElementwiseBatch(List<ElementwiseKernel> members) {
        this.members = List.copyOf(members);
        this.chain = members.getFirst().chain();
        this.size = members.stream().mapToInt(ElementwiseKernel::size).sum();
    }

    /// Puts together what can be computed together, in a list of kernels that run one after another.
    public static List<Kernel> batch(List<Kernel> kernels) {
        List<Kernel> result = new ArrayList<>();
        List<Kernel> rest = new ArrayList<>(kernels);
        while (!rest.isEmpty()) {
            Kernel first = rest.removeFirst();
            List<ElementwiseKernel> members =
                    first instanceof ElementwiseKernel small ? take(small, rest) : List.of();
            result.add(members.size() > 1 ? new ElementwiseBatch(members) : first);
        }
        return result;
    }

    /// Takes from the element-wise kernels that follow one those that can be computed with it.
    private static List<ElementwiseKernel> take(ElementwiseKernel first, List<Kernel> rest) {
        List<ElementwiseKernel> members = new ArrayList<>(List.of(first));
        List<Kernel> passed = new ArrayList<>();
        int size = first.size();
        int at = 0;
        while (at < rest.size() && rest.get(at) instanceof ElementwiseKernel next) {
            boolean free = Stream.concat(members.stream(), passed.stream()).noneMatch(other -> depend(next, other));
            if (free && size + next.size() <= Scratch.BLOCK && first.isLike(next)) {
                members.add(next);
                size += next.size();
                rest.remove(at);
            } else {
                passed.add(next);
                at++;
            }
        }
        return members;
    }

    /// Whether the order of two kernels matters.
    private static boolean depend(Kernel one, Kernel other) {
        return one.readsFrom(other) || other.readsFrom(one) || one.writes().stream().anyMatch(other.writes()::contains);
    }

    @Override
    public List<Buffer> reads() {
        return all(members.stream().flatMap(member -> member.reads().stream()));
    }

    @Override
    public List<Buffer> writes() {
        return all(members.stream().flatMap(member -> member.writes().stream()));
    }

    private static List<Buffer> all(Stream<Buffer> buffers) {
        Set<Buffer> seen = new HashSet<>();
        return buffers.filter(seen::add).toList();
    }

    @Override
    public int units() {
        return 1;
    }

    @Override
    public long cost() {
        return members.stream().mapToLong(Kernel::cost).sum();
    }

    @Override
    public void run(int from, int to, Scratch s) {
        for (int unit = from; unit < to; unit++) {
            for (int input = 0; input < chain.inputs().size(); input++) {
                load(input, s);
            }
            chain.compute(s, size);
            for (int result = 0; result < chain.results().size(); result++) {
                store(result, s);
            }
        }
    }

    private void load(int input, Scratch s) {
        int at = Scratch.block(input);
        if (members.getFirst().uniform(input)) {
            View view = chain.inputs().get(input);
            Arrays.fill(s.blocks, at, at + size, view.buffer().data()[view.start()]);
        } else {
            for (int i = 0; i < members.size(); i++) {
                ElementwiseKernel member = members.get(i);
                View view = member.chain().inputs().get(input);
                System.arraycopy(view.buffer().data(), view.start(), s.blocks, at, member.size());
                at += member.size();
            }
        }
    }

    private void store(int result, Scratch s) {
        int at = Scratch.block(chain.results().get(result));
        for (int i = 0; i < members.size(); i++) {
            ElementwiseKernel member = members.get(i);
            View out = member.outs().get(result);
            System.arraycopy(s.blocks, at, out.buffer().data(), out.start(), member.size());
            at += member.size();
        }
    }
}
