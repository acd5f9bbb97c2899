package org.intarsia.embeddings;

import java.util.List;
import org.intarsia.api.component.ModelShape;
import org.intarsia.testkit.component.EmbeddingConformance;

final class OneHotConformanceTest extends EmbeddingConformance<OneHot.Config, OneHot.Factory> {

    @Override
    protected OneHot.Factory factory() {
        return new OneHot.Factory();
    }

    @Override
    protected List<OneHot.Config> configs() {
        return List.of(new OneHot.Config(true), new OneHot.Config(false));
    }

    @Override
    protected boolean fits(OneHot.Config config, ModelShape shape) {
        return config.projection() || shape.width() == shape.vocabulary();
    }
}
