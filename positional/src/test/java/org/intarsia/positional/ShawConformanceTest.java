package org.intarsia.positional;

import java.util.List;
import org.intarsia.testkit.component.PositionEncodingConformance;

final class ShawConformanceTest extends PositionEncodingConformance<Shaw.Config, Shaw.Factory> {

    @Override
    protected Shaw.Factory factory() {
        return new Shaw.Factory();
    }

    @Override
    protected List<Shaw.Config> configs() {
        return List.of(new Shaw.Config(16, true), new Shaw.Config(2, true), new Shaw.Config(2, false));
    }
}
