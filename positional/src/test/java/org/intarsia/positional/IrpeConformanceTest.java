package org.intarsia.positional;

import static org.intarsia.positional.Irpe.Index.CLIP;
import static org.intarsia.positional.Irpe.Index.PIECEWISE;
import static org.intarsia.positional.Irpe.Index.T5;
import static org.intarsia.positional.Irpe.Method.CROSS;
import static org.intarsia.positional.Irpe.Method.EUCLIDEAN;
import static org.intarsia.positional.Irpe.Method.ONE_DIMENSIONAL;
import static org.intarsia.positional.Irpe.Method.PRODUCT;
import static org.intarsia.positional.Irpe.Method.QUANTIZATION;
import static org.intarsia.positional.Irpe.Mode.BIAS;
import static org.intarsia.positional.Irpe.Mode.CONTEXTUAL;

import java.util.List;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.ModelShape;
import org.intarsia.testkit.component.PositionEncodingConformance;

final class IrpeConformanceTest extends PositionEncodingConformance<Irpe.Config, Irpe.Factory> {

    @Override
    protected Irpe.Factory factory() {
        return new Irpe.Factory();
    }

    @Override
    protected List<Irpe.Config> configs() {
        return List.of(factory().defaults(),
                new Irpe.Config(ONE_DIMENSIONAL, PIECEWISE, 1.5, BIAS, false, true, false, false),
                new Irpe.Config(ONE_DIMENSIONAL, CLIP, 1.5, CONTEXTUAL, true, false, true, false),
                new Irpe.Config(ONE_DIMENSIONAL, T5, 2, CONTEXTUAL, true, true, true, true),
                new Irpe.Config(EUCLIDEAN, PIECEWISE, 1.9, BIAS, true, true, false, true),
                new Irpe.Config(QUANTIZATION, PIECEWISE, 1.9, CONTEXTUAL, false, true, true, true),
                new Irpe.Config(CROSS, CLIP, 1, CONTEXTUAL, true, true, true, false),
                new Irpe.Config(PRODUCT, PIECEWISE, 1.9, CONTEXTUAL, true, true, true, true));
    }

    @Override
    protected boolean fits(Irpe.Config config, ModelShape shape) {
        boolean grid = shape.extent(Coordinate.ROW) > 0 && shape.extent(Coordinate.COLUMN) > 0;
        return grid || config.method() == ONE_DIMENSIONAL;
    }
}
