package org.intarsia.backends.opencl.code;

/// What every program begins with, and how a kernel finds what its work-group has to do.
final class Prelude {

    static final String SOURCE =
            """
                    #define SYNC barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)
                    #define MAX(x, y) ((isnan(x) || isnan(y)) ? NAN : fmax(x, y))
                    #define MIN(x, y) ((isnan(x) || isnan(y)) ? NAN : fmin(x, y))

                    // Sums may be taken in another order, always the same, so that a processor's vectors can take part.
                    #ifdef __clang__
                    #define ADD(sum, x) { _Pragma("clang fp reassociate(on)") sum += x; }
                    #else
                    #define ADD(sum, x) sum += x;
                    #endif

                    // Exactly 1 where that is the nearest number: built-in functions may be off by a few units in the last place.
                    float tanh_(const float x) {
                        return fabs(x) > 9.1f ? copysign(1.0f, x) : tanh(x);
                    }

                    // An index, or 0 if it is not within its axis: then the first one to say so is reported.
                    int within(__global int *E, const int fault, const int index, const int size) {
                        if (index >= 0 && index < size) return index;
                        if (atomic_cmpxchg((volatile __global int *) E, 0, fault) == 0) E[1] = index;
                        return 0;
                    }

                    // Philox4x32-10.
                    float uniform(const int key0, const int key1, const int low, const long high) {
                        uint c0 = (uint) low, c1 = 0, c2 = (uint) high, c3 = (uint) (high >> 32);
                        uint k0 = (uint) key0, k1 = (uint) key1;
                        for (int i = 0; i < 10; i++) {
                            const uint h0 = mul_hi(0xD2511F53u, c0), l0 = 0xD2511F53u * c0;
                            const uint h1 = mul_hi(0xCD9E8D57u, c2), l1 = 0xCD9E8D57u * c2;
                            c0 = h1 ^ c1 ^ k0;
                            c1 = l1;
                            c2 = h0 ^ c3 ^ k1;
                            c3 = l0;
                            k0 += 0x9E3779B9u;
                            k1 += 0xBB67AE85u;
                        }
                        return (float) (c0 >> 8) * 0x1p-24f;
                    }
                    """;

    static final String FUNCTION = """

            void %s(__global float *V, __global float *A, __global int *E, __global const int *d, __local float *S,
                    const int g, const int l, const int L) {
            %s}
            """;

    static final String KERNEL = """

            __kernel void %s(__global float *V, __global float *A, __global int *E, __global const int *D,
                    const int base, __local float *S) {
                const int l = get_local_id(0), L = get_local_size(0);
                __global const int *job = D + D[base + get_group_id(0)];
                const int g = get_group_id(0) - job[0];
                __global const int *d = D + job[2];
            %s}
            """;

    private Prelude() {}
}
