package org.intarsia.losses;

import java.util.List;
import org.intarsia.testkit.component.LossConformance;

final class EarthMoverConformanceTest extends LossConformance<EarthMover.Config, EarthMover.Factory> {

    @Override
    protected EarthMover.Factory factory() {
        return new EarthMover.Factory();
    }

    @Override
    protected List<EarthMover.Config> configs() {
        return List.of(factory().defaults());
    }
}
