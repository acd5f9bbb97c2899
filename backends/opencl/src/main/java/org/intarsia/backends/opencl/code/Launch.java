package org.intarsia.backends.opencl.code;

/// One kernel on its way: a number of work-groups, which share the regions of the launch among themselves.
///
/// @param kernel the name of the kernel
/// @param base where the description of the launch begins
/// @param groups how many work-groups there are
/// @param items how many work-items a group has
/// @param local how many numbers of memory a group has
public record Launch(String kernel, int base, long groups, int items, int local) {}
