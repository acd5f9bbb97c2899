package org.intarsia.positional;

import static org.intarsia.positional.Rope.Pairing.HALF;
import static org.intarsia.positional.Rope.Pairing.INTERLEAVED;

import java.util.List;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.ModelShape;
import org.intarsia.testkit.component.PositionEncodingConformance;

final class RopeConformanceTest extends PositionEncodingConformance<Rope.Config, Rope.Factory> {

    @Override
    protected Rope.Factory factory() {
        return new Rope.Factory();
    }

    @Override
    protected List<Rope.Config> configs() {
        Rope.Scaling none = Rope.Scaling.none();
        return List.of(factory().defaults(), new Rope.Config(100, INTERLEAVED, 1, none, false, false),
                new Rope.Config(10000, HALF, 1, none, false, false),
                new Rope.Config(10000, HALF, 0.5, none, false, false), scaled(Rope.Scaling.Kind.LINEAR, 0),
                scaled(Rope.Scaling.Kind.NTK, 0), scaled(Rope.Scaling.Kind.DYNAMIC_NTK, 2),
                scaled(Rope.Scaling.Kind.YARN, 0), new Rope.Config(10000, HALF, 1, none, true, false),
                new Rope.Config(10000, HALF, 1, none, false, true));
    }

    private static Rope.Config scaled(Rope.Scaling.Kind kind, int trainedLength) {
        return new Rope.Config(10000, HALF, 1, new Rope.Scaling(kind, 2, trainedLength), false, false);
    }

    @Override
    protected boolean fits(Rope.Config config, ModelShape shape) {
        int turned = (int) (config.fraction() * shape.channels());
        boolean scales = switch (config.scaling().kind()) {
            case NONE, LINEAR, YARN -> true;
            case NTK -> turned > 2;
            case DYNAMIC_NTK -> turned > 2 && shape.length() > config.scaling().trainedLength();
        };
        boolean turnsCells = shape.extent(Coordinate.ROW) > 0 && turned % 4 == 0;
        return turned > 0 && turned % 2 == 0 && scales && (!config.axial() || turnsCells);
    }
}
