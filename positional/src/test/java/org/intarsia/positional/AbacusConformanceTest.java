package org.intarsia.positional;

import java.util.List;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.ModelShape;
import org.intarsia.testkit.component.PositionEncodingConformance;

final class AbacusConformanceTest extends PositionEncodingConformance<Abacus.Config, Abacus.Factory> {

    @Override
    protected Abacus.Factory factory() {
        return new Abacus.Factory();
    }

    @Override
    protected List<Abacus.Config> configs() {
        return List.of(new Abacus.Config(0), new Abacus.Config(3));
    }

    @Override
    protected boolean fits(Abacus.Config config, ModelShape shape) {
        return shape.extent(Coordinate.DIGIT) > 0;
    }
}
