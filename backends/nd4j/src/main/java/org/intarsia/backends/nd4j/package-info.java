/// The backend on ND4J. This package is all that a run sees until it asks for the backend: a factory, and the class loader in
/// which ND4J and the [engine][org.intarsia.backends.nd4j.engine] live by themselves.
@NullMarked
package org.intarsia.backends.nd4j;

import org.jspecify.annotations.NullMarked;
