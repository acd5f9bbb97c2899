package org.intarsia.backends.cpu.kernel;

import java.util.Arrays;
import java.util.List;

/// Fills a buffer with zeros, before others write parts of it.
public final class ZeroKernel extends Kernel {

    private final Buffer out;

    /// Plans the kernel.
    public ZeroKernel(Buffer out) {
        this.out = out;
    }

    @Override
    public List<Buffer> reads() {
        return List.of();
    }

    @Override
    public List<Buffer> writes() {
        return List.of(out);
    }

    @Override
    public int units() {
        return 1;
    }

    @Override
    public long cost() {
        return out.size() / 8;
    }

    @Override
    public void run(int from, int to, Scratch s) {
        Arrays.fill(out.data(), out.start(), out.start() + out.size(), 0);
    }
}
