package org.intarsia.losses;

import java.util.List;
import org.intarsia.testkit.component.LossConformance;

final class FocalConformanceTest extends LossConformance<Focal.Config, Focal.Factory> {

    @Override
    protected Focal.Factory factory() {
        return new Focal.Factory();
    }

    @Override
    protected List<Focal.Config> configs() {
        return List.of(factory().defaults(), new Focal.Config(0), new Focal.Config(0.5));
    }
}
