package org.intarsia.losses;

import org.intarsia.testkit.component.LossConformance;

final class CrossEntropyConformanceTest extends LossConformance<CrossEntropy.Config, CrossEntropy.Factory> {

    @Override
    protected CrossEntropy.Factory factory() {
        return new CrossEntropy.Factory();
    }
}
