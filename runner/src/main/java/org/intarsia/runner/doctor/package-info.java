/// Finds out what works on this machine: each backend, on each of its devices, trains a model of a few numbers, and what
/// comes out is compared with the reference backend.
@NullMarked
package org.intarsia.runner.doctor;

import org.jspecify.annotations.NullMarked;
