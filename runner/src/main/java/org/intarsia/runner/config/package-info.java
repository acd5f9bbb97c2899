/// What a run is made of: a [Configuration][org.intarsia.runner.config.Configuration], read from a file and from the
/// command line, checked in full before anything starts.
@NullMarked
package org.intarsia.runner.config;

import org.jspecify.annotations.NullMarked;
