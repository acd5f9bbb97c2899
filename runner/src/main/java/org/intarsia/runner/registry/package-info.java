/// Finds the components: the factories of every [kind][org.intarsia.runner.registry.Kind], built in or from a plugin jar.
///
/// A **plugin** is a jar in a folder `plugins/`: a factory class and its name in
/// `META-INF/services/org.intarsia.api.component.PositionEncodingFactory` (or another kind's). Each jar has a class
/// loader of its own whose parent is the application, so that plugins share the API and nothing else. All of them are
/// loaded and checked before anything starts; a jar that is broken, empty of providers, or takes a name that is taken
/// stops the program with an error that says which jar and what to do.
@NullMarked
package org.intarsia.runner.registry;

import org.jspecify.annotations.NullMarked;
