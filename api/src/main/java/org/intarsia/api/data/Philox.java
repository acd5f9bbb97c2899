package org.intarsia.api.data;

/// The counter-based random generator Philox4x32-10 (Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3",
/// SC 2011, section 3.4): a bijection of a 128-bit counter under a 64-bit key, ten rounds. Any number of the stream is
/// computed from its index, in any order and on any device.
public final class Philox {

    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private Philox() {}

    /// Returns the first two of the four 32-bit words at a counter, the first in the low half.
    ///
    /// @param key the 64-bit key
    /// @param low the low half of the counter
    /// @param high the high half of the counter
    public static long words(long key, long low, long high) {
        return block(key, low, high)[0];
    }

    /// Returns a uniform number in `[0, 1)`: the top 24 bits of the first word, hence exact in single precision.
    public static double uniform(long key, long low, long high) {
        return ((int) words(key, low, high) >>> 8) * 0x1p-24;
    }

    /// Returns all four words: words 0 and 1 in the first element, 2 and 3 in the second.
    static long[] block(long key, long low, long high) {
        int c0 = (int) low;
        int c1 = (int) (low >>> 32);
        int c2 = (int) high;
        int c3 = (int) (high >>> 32);
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = Integer.toUnsignedLong(MULTIPLIER_0) * Integer.toUnsignedLong(c0);
            long p1 = Integer.toUnsignedLong(MULTIPLIER_1) * Integer.toUnsignedLong(c2);
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c1 = (int) p1;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c3 = (int) p0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return new long[] {pack(c0, c1), pack(c2, c3)};
    }

    private static long pack(int first, int second) {
        return Integer.toUnsignedLong(first) | (long) second << 32;
    }
}
