package org.intarsia.embeddings;

import java.util.List;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.ModelShape;
import org.intarsia.testkit.component.EmbeddingConformance;

final class PackedCoordinatesConformanceTest
        extends
            EmbeddingConformance<PackedCoordinates.Config, PackedCoordinates.Factory> {

    @Override
    protected PackedCoordinates.Factory factory() {
        return new PackedCoordinates.Factory();
    }

    @Override
    protected List<PackedCoordinates.Config> configs() {
        return List.of(factory().defaults(), new PackedCoordinates.Config(true));
    }

    @Override
    protected boolean fits(PackedCoordinates.Config config, ModelShape shape) {
        return shape.extent(Coordinate.ROW) > 0;
    }
}
