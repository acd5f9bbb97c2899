package org.intarsia.positional;

import static org.intarsia.positional.Fire.Transform.IDENTITY;
import static org.intarsia.positional.Fire.Transform.LOG;

import java.util.List;
import org.intarsia.testkit.component.PositionEncodingConformance;

final class FireConformanceTest extends PositionEncodingConformance<Fire.Config, Fire.Factory> {

    @Override
    protected Fire.Factory factory() {
        return new Fire.Factory();
    }

    @Override
    protected List<Fire.Config> configs() {
        return List.of(new Fire.Config(32, 512, LOG), new Fire.Config(5, 512, LOG), new Fire.Config(5, 2.5, LOG),
                new Fire.Config(5, 2.5, IDENTITY));
    }
}
