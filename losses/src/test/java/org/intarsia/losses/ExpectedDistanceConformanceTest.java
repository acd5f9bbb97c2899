package org.intarsia.losses;

import java.util.List;
import org.intarsia.testkit.component.LossConformance;

final class ExpectedDistanceConformanceTest extends LossConformance<ExpectedDistance.Config, ExpectedDistance.Factory> {

    @Override
    protected ExpectedDistance.Factory factory() {
        return new ExpectedDistance.Factory();
    }

    @Override
    protected List<ExpectedDistance.Config> configs() {
        return List.of(factory().defaults(), new ExpectedDistance.Config(Distance.QUADRATIC),
                new ExpectedDistance.Config(Distance.SQUARE_ROOT));
    }
}
