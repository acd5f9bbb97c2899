package org.intarsia.backends.opencl.code;

import java.util.List;

/// The code of a region, and the numbers that it reads: sizes, strides, offsets and constants are not in the code, so that
/// the same region of another shape, or of another layer, is the same code.
///
/// @param source the inside of a function
/// @param numbers what the function reads of its description
/// @param rows how many rows there are
/// @param perItem whether each work-item has a row of its own; otherwise each work-group has one
/// @param local how many numbers of a work-group's memory it needs
record Body(String source, List<Integer> numbers, int rows, boolean perItem, int local) {}
