package org.intarsia.positional;

import java.util.List;
import org.intarsia.testkit.component.PositionEncodingConformance;

final class T5ConformanceTest extends PositionEncodingConformance<T5.Config, T5.Factory> {

    @Override
    protected T5.Factory factory() {
        return new T5.Factory();
    }

    @Override
    protected List<T5.Config> configs() {
        return List.of(new T5.Config(32, 128), new T5.Config(4, 128), new T5.Config(4, 3));
    }
}
