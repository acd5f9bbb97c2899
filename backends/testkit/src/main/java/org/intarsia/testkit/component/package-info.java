/// Conformance suites for components. Extend the suite of a component's kind in a test of your own, name the factory, and
/// every promise of the SPI is checked on the reference backend:
///
/// ```java
/// final class ReversedConformanceTest extends EmbeddingConformance<Reversed.Config, Reversed.Factory> {
///     @Override
///     protected Reversed.Factory factory() {
///         return new Reversed.Factory();
///     }
/// }
/// ```
///
/// A component with settings also lists [configs][org.intarsia.testkit.component.ComponentConformance#configs()] in which
/// every setting takes two values: the suite proves that each makes a difference.
@NullMarked
package org.intarsia.testkit.component;

import org.jspecify.annotations.NullMarked;
