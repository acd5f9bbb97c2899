package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.FIRST;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A product in every lane, a function along its rows, and a product with the result, four rows at a time: attention, or the
/// gradients of its scores and its queries. The rows are then used while they are in the second-level cache, which all scores
/// of long sequences do not fit into, and beside them what both products read again and again.
public final class AttentionKernel extends Kernel {

    /// How many numbers stay in a second-level cache.
    private static final int CACHED = 1 << 18;

    private final LaneProduct first;
    private final RowwiseKernel between;
    private final LaneProduct last;
    private final Buffer scores;

    private AttentionKernel(LaneProduct first, RowwiseKernel between, LaneProduct last) {
        this.first = first;
        this.between = between;
        this.last = last;
        this.scores = first.writes().getFirst();
    }

    /// Puts together what can be computed so, in a list of kernels that run one after another.
    ///
    /// @param kept what is read after all of them
    public static List<Kernel> fuse(List<Kernel> kernels, Set<Buffer> kept) {
        List<Kernel> result = new ArrayList<>(kernels);
        for (Kernel kernel : kernels) {
            if (kernel instanceof RowwiseKernel between) {
                int middle = result.indexOf(between);
                List<Kernel> earlier = result.subList(0, middle).reversed();
                List<Kernel> later = result.subList(middle + 1, result.size());
                product(earlier, between::follows).filter(first -> passing(first, kernels, kept))
                        .ifPresent(first -> product(later, last -> between.leads(last) && fit(first, last))
                                .ifPresent(last -> {
                                    result.set(middle, new AttentionKernel(first, between, last));
                                    result.remove(first);
                                    result.remove(last);
                                }));
            }
        }
        return result;
    }

    /// Returns the first of these products that may as well run before, or after, what stands before it in the list.
    private static Optional<LaneProduct> product(List<Kernel> kernels, Predicate<LaneProduct> wanted) {
        for (int i = 0; i < kernels.size(); i++) {
            if (kernels.get(i) instanceof LaneProduct product && wanted.test(product)) {
                boolean free = kernels.subList(0, i).stream().noneMatch(product::readsFrom);
                return free ? Optional.of(product) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// Whether two products have the same tiles, and a cache holds what both read for each of them.
    private static boolean fit(LaneProduct first, LaneProduct last) {
        return first.units() == last.units() && first.tiles() == last.tiles()
                && first.panelSize() + last.panelSize() <= CACHED;
    }

    /// Whether nothing but the function along the rows needs what a product computes, and no cache holds it.
    private static boolean passing(LaneProduct product, List<Kernel> kernels, Set<Buffer> kept) {
        Buffer scores = product.writes().getFirst();
        return scores.size() > CACHED && !kept.contains(scores)
                && kernels.stream().filter(kernel -> kernel.reads().contains(scores)).count() == 1
                && kernels.stream().filter(kernel -> kernel.writes().contains(scores)).count() == 1;
    }

    @Override
    public List<Buffer> reads() {
        return Stream.of(first, between, last).flatMap(kernel -> kernel.reads().stream())
                .filter(buffer -> !between.writes().contains(buffer)).toList();
    }

    @Override
    public List<Buffer> writes() {
        return Stream.of(between, last).flatMap(kernel -> kernel.writes().stream()).toList();
    }

    @Override
    public List<Buffer> replaceable() {
        return between.replaceable().stream().filter(scores::equals).toList();
    }

    @Override
    public int units() {
        return first.units();
    }

    @Override
    public long cost() {
        return first.cost() + between.cost() + last.cost();
    }

    @Override
    public void run(int from, int to, Scratch s) {
        float[] panel = s.panel(first.panelSize() + last.panelSize());
        int lastAt = FIRST + first.panelSize();
        int tiles = first.tiles();
        int rows = between.units() * tiles / first.units();
        for (int unit = from; unit < to; unit++) {
            int batch = unit / tiles;
            int tile = unit % tiles;
            if (unit == from || tile == 0) {
                first.pack(batch, panel, FIRST);
                last.pack(batch, panel, lastAt);
            }
            first.rows(batch, tile, panel, FIRST);
            int row = batch * rows + tile * LaneProduct.TILE;
            between.run(row, Math.min(row + LaneProduct.TILE, (batch + 1) * rows), s);
            last.rows(batch, tile, panel, lastAt);
        }
    }
}
