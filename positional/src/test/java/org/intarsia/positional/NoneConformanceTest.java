package org.intarsia.positional;

import org.intarsia.testkit.component.PositionEncodingConformance;

final class NoneConformanceTest extends PositionEncodingConformance<None.Config, None.Factory> {

    @Override
    protected None.Factory factory() {
        return new None.Factory();
    }
}
