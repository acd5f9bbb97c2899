package org.intarsia.runner.training;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The stream from which batches are drawn.
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@interface Drawn {}
