package org.intarsia.positional;

import static org.intarsia.positional.Rope.Pairing.HALF;
import static org.intarsia.positional.Rope.Pairing.INTERLEAVED;

import java.util.List;
import org.intarsia.api.component.ModelShape;
import org.intarsia.testkit.component.PositionEncodingConformance;

final class RopeConformanceTest extends PositionEncodingConformance<Rope.Config, Rope.Factory> {

    @Override
    protected Rope.Factory factory() {
        return new Rope.Factory();
    }

    @Override
    protected List<Rope.Config> configs() {
        return List.of(factory().defaults(), new Rope.Config(100, INTERLEAVED, 1), new Rope.Config(10000, HALF, 1),
                new Rope.Config(10000, HALF, 0.5));
    }

    @Override
    protected boolean fits(Rope.Config config, ModelShape shape) {
        int turned = (int) (config.fraction() * shape.channels());
        return turned > 0 && turned % 2 == 0;
    }
}
