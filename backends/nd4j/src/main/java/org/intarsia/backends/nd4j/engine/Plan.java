package org.intarsia.backends.nd4j.engine;

import java.util.Map;

/// What a graph has become.
///
/// @param program what is done
/// @param inputs where the caller's values go
/// @param outputs where the results stand
record Plan(Program program, Map<String, View> inputs, Map<String, View> outputs) {}
