package org.intarsia.positional;

import java.util.List;
import org.intarsia.testkit.component.PositionEncodingConformance;

final class AbsoluteConformanceTest extends PositionEncodingConformance<Absolute.Config, Absolute.Factory> {

    @Override
    protected Absolute.Factory factory() {
        return new Absolute.Factory();
    }

    @Override
    protected List<Absolute.Config> configs() {
        return List.of(factory().defaults(), new Absolute.Config(Absolute.Kind.SINUSOIDAL));
    }
}
