package org.intarsia.losses;

import java.util.List;
import org.intarsia.testkit.component.LossConformance;

final class RegressionConformanceTest extends LossConformance<Regression.Config, Regression.Factory> {

    @Override
    protected Regression.Factory factory() {
        return new Regression.Factory();
    }

    @Override
    protected List<Regression.Config> configs() {
        return List.of(factory().defaults(), new Regression.Config(Regression.Penalty.HUBER, 1),
                new Regression.Config(Regression.Penalty.HUBER, 3));
    }
}
