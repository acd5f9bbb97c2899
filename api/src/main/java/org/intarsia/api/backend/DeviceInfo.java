package org.intarsia.api.backend;

/// What computes.
///
/// @param name the device, such as `2 × 512-bit vectors on Intel Xeon`
/// @param precision in which numbers are kept
/// @param threads how many threads take part in one run of a graph
public record DeviceInfo(String name, Precision precision, int threads) {

    /// How real numbers are kept.
    public enum Precision {
        /// 32 bits, IEEE 754 binary32.
        SINGLE,
        /// 64 bits, IEEE 754 binary64.
        DOUBLE
    }
}
