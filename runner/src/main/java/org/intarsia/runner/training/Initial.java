package org.intarsia.runner.training;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The stream from which parameters start.
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@interface Initial {}
