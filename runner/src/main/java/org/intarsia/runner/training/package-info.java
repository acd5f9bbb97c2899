/// Training: the graphs of a step and of an evaluation, batches made ahead of time, and the loop that runs them.
///
/// One run is assembled from one [Configuration][org.intarsia.runner.config.Configuration] and shares nothing with any
/// other, so that many can run side by side:
///
/// ```java
/// RunResult result = TrainingRun.execute(configuration, Path.of("runs/first"), Reporter.silent(), StopSignal.never());
/// ```
@NullMarked
package org.intarsia.runner.training;

import org.jspecify.annotations.NullMarked;
