package org.intarsia.losses;

import java.util.List;
import org.intarsia.testkit.component.LossConformance;

final class CrossEntropyConformanceTest extends LossConformance<CrossEntropy.Config, CrossEntropy.Factory> {

    @Override
    protected CrossEntropy.Factory factory() {
        return new CrossEntropy.Factory();
    }

    @Override
    protected List<CrossEntropy.Config> configs() {
        return List.of(factory().defaults(), new CrossEntropy.Config(0.1));
    }
}
