/// The compute SPI: a [Backend][org.intarsia.api.backend.Backend] opens a
/// [Session][org.intarsia.api.backend.Session], which holds the variables, compiles graphs over them and runs them.
@NullMarked
package org.intarsia.api.backend;

import org.jspecify.annotations.NullMarked;
