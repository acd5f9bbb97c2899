/// The plugin SPI. A component is selected by name in a configuration; a plugin jar brings a class and a line in
/// `META-INF/services`.
///
/// Every kind has the same shape. A **factory** has a stable kebab-case name, one sentence of documentation, its default
/// settings and a `create` method; its **settings** are a record, whose components are documented by
/// [@Setting][org.intarsia.api.component.Setting] and checked in the compact constructor; what it creates describes its
/// part of the model in the tensor language. Factories are found by [java.util.ServiceLoader], are stateless and have a
/// public constructor without arguments. A component is created once for each graph that is built, used by one thread,
/// and never closed.
///
/// Components name only the axes that they are about ([Axes][org.intarsia.api.component.Axes]); whatever other axes a
/// tensor has, such as the batch, pass through.
@NullMarked
package org.intarsia.api.component;

import org.jspecify.annotations.NullMarked;
