package org.intarsia.backends.cpu.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Small kernels of the same chain, computed together: the update of many small parameters, or the sums of their squares.
/// What each reads is copied side by side into a block, so that the way from step to step is gone once and not for every
/// handful of numbers. All of them are one unit.
public final class ChainBatch extends Kernel {

    private final ChainKernel[] members;
    private final int[] sizes;
    private final Chain chain;
    private final Input[] inputs;
    private final int size;

    /// Where an input of each member stands: the same view if it is one number everywhere.
    private static final class Input {

        private final boolean uniform;
        private final View[] views;

        Input(int input, List<ChainKernel> members) {
            this.uniform = members.getFirst().walk.uniform(input);
            this.views = members.stream().map(member -> member.chain().inputs().get(input)).toArray(View[]::new);
        }
    }

    private ChainBatch(List<ChainKernel> members) {
        this.members = members.toArray(ChainKernel[]::new);
        this.sizes = members.stream().mapToInt(ChainKernel::size).toArray();
        this.size = IntStream.of(sizes).sum();
        this.chain = members.getFirst().chain();
        this.inputs = IntStream.range(0, chain.inputs().size()).mapToObj(input -> new Input(input, members))
                .toArray(Input[]::new);
    }

    /// Puts together what can be computed together, in a list of kernels that run one after another.
    public static List<Kernel> batch(List<Kernel> kernels) {
        List<Kernel> result = new ArrayList<>();
        List<Kernel> rest = new ArrayList<>(kernels);
        while (!rest.isEmpty()) {
            Kernel first = rest.removeFirst();
            List<ChainKernel> members =
                    first instanceof ChainKernel small ? take(small, rest) : List.of();
            result.add(members.size() > 1 ? new ChainBatch(members) : first);
        }
        return result;
    }

    /// Takes from the kernels of chains that follow one those that can be computed with it.
    private static List<ChainKernel> take(ChainKernel first, List<Kernel> rest) {
        List<ChainKernel> members = new ArrayList<>(List.of(first));
        List<Kernel> passed = new ArrayList<>();
        int size = first.size();
        int at = 0;
        while (at < rest.size() && rest.get(at) instanceof ChainKernel next) {
            boolean free = Stream.concat(members.stream(), passed.stream()).noneMatch(other -> depend(next, other));
            if (free && size + next.size() <= first.chain().block() && first.isLike(next)) {
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
        return Stream.of(members).flatMap(member -> member.reads().stream()).distinct().toList();
    }

    @Override
    public List<Buffer> writes() {
        return Stream.of(members).flatMap(member -> member.writes().stream()).distinct().toList();
    }

    @Override
    public int units() {
        return 1;
    }

    @Override
    public long cost() {
        return Stream.of(members).mapToLong(Kernel::cost).sum();
    }

    @Override
    public void run(int from, int to, Scratch s) {
        for (int unit = from; unit < to; unit++) {
            float[] room = chain.room(s);
            for (int input = 0; input < inputs.length; input++) {
                load(inputs[input], room, chain.at(input));
            }
            chain.compute(s, size);
            int at = 0;
            for (int i = 0; i < sizes.length; i++) {
                members[i].store(s, at);
                at += sizes[i];
            }
        }
    }

    private void load(Input input, float[] block, int start) {
        if (input.uniform) {
            View view = input.views[0];
            Arrays.fill(block, start, start + size, view.buffer().data()[view.start()]);
            return;
        }
        int at = start;
        for (int i = 0; i < sizes.length; i++) {
            View view = input.views[i];
            Elementwise.move(view.buffer().data(), view.start(), block, at, sizes[i]);
            at += sizes[i];
        }
    }
}
