package org.intarsia.embeddings;

import java.util.List;
import org.intarsia.api.component.ModelShape;
import org.intarsia.testkit.component.EmbeddingConformance;

final class FoneConformanceTest extends EmbeddingConformance<Fone.Config, Fone.Factory> {

    @Override
    protected Fone.Factory factory() {
        return new Fone.Factory();
    }

    @Override
    protected List<Fone.Config> configs() {
        return List.of(factory().defaults(), new Fone.Config(4, true), new Fone.Config(1, false));
    }

    @Override
    protected boolean fits(Fone.Config config, ModelShape shape) {
        return (config.digits() == 0 || shape.vocabulary() <= Math.pow(10, config.digits()))
                && (config.projection() || shape.width() == 2);
    }
}
