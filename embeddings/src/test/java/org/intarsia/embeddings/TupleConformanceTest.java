package org.intarsia.embeddings;

import java.util.List;
import org.intarsia.api.component.ModelShape;
import org.intarsia.testkit.component.EmbeddingConformance;

final class TupleConformanceTest extends EmbeddingConformance<Tuple.Config, Tuple.Factory> {

    @Override
    protected Tuple.Factory factory() {
        return new Tuple.Factory();
    }

    @Override
    protected List<Tuple.Config> configs() {
        return List.of(factory().defaults(), new Tuple.Config(false));
    }

    @Override
    protected boolean fits(Tuple.Config config, ModelShape shape) {
        return config.projection() || shape.width() == 2;
    }
}
