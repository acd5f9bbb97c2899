package org.intarsia.losses;

import static org.intarsia.losses.Distance.LINEAR;
import static org.intarsia.losses.Distance.QUADRATIC;
import static org.intarsia.losses.Distance.SQUARE_ROOT;
import static org.intarsia.losses.DistanceWeighted.Of.ARGMAX;
import static org.intarsia.losses.DistanceWeighted.Of.EXPECTED;

import java.util.List;
import org.intarsia.testkit.component.LossConformance;

final class DistanceWeightedConformanceTest extends LossConformance<DistanceWeighted.Config, DistanceWeighted.Factory> {

    @Override
    protected DistanceWeighted.Factory factory() {
        return new DistanceWeighted.Factory();
    }

    @Override
    protected List<DistanceWeighted.Config> configs() {
        return List.of(factory().defaults(), new DistanceWeighted.Config(LINEAR, 0.5, ARGMAX),
                new DistanceWeighted.Config(QUADRATIC, 0.1, ARGMAX), new DistanceWeighted.Config(LINEAR, 0.1, EXPECTED),
                new DistanceWeighted.Config(SQUARE_ROOT, 0.1, EXPECTED));
    }
}
