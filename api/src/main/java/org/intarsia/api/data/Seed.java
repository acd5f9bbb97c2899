package org.intarsia.api.data;

import java.util.random.RandomGenerator;

/// A random stream, named: `Seed.of(1).stream("init").stream("head.weight")`. Streams of different names are independent
/// for every practical purpose, and a stream's numbers depend on the first seed and the names alone.
///
/// @param key the 64-bit key of the stream
public record Seed(long key) {

    /// Returns the root of all streams of a run.
    public static Seed of(long seed) {
        return new Seed(mix(seed));
    }

    /// Returns the stream of this name below this one.
    public Seed stream(String name) {
        long hash = key;
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash ^ name.charAt(i));
        }
        return new Seed(mix(hash ^ (long) name.length() << 32));
    }

    /// Returns the stream of this number below this one: batch 17 of the stream "batches".
    public Seed at(long index) {
        return new Seed(mix(mix(key ^ 0x5851F42D4C957F2DL) ^ index));
    }

    /// Returns a new generator at the start of this stream.
    public RandomGenerator generator() {
        return new RandomGenerator() {
            private long counter;

            @Override
            public long nextLong() {
                return Philox.words(key, counter++, 0);
            }
        };
    }

    /// A bijection of 64 bits under which each input bit changes half of the output's (Stafford's variant 13 of the
    /// finalizer of MurmurHash3, as in SplitMix64), after an odd step that moves zero away from its fixed point.
    private static long mix(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
