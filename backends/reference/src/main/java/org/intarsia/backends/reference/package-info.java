/// The reference backend: double precision and naive loops. It is the definition of every op, which the conformance kit
/// holds other backends to, and the debugger, since it can print every value of a run.
///
/// Three classes carry it: a [Dense][org.intarsia.backends.reference.Dense] tensor is an array in the order of its axes,
/// a [Walk][org.intarsia.backends.reference.Walk] visits positions by the names of axes, and
/// [Evaluation][org.intarsia.backends.reference.Evaluation] says what each op computes.
///
/// ```java
/// Backend backend = new ReferenceBackend(Trace.to(System.err));
/// ```
@NullMarked
package org.intarsia.backends.reference;

import org.jspecify.annotations.NullMarked;
