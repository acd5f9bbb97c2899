package org.intarsia.positional;

import org.intarsia.testkit.component.PositionEncodingConformance;

final class AlibiConformanceTest extends PositionEncodingConformance<Alibi.Config, Alibi.Factory> {

    @Override
    protected Alibi.Factory factory() {
        return new Alibi.Factory();
    }
}
