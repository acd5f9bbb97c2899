package org.intarsia.embeddings;

import java.util.List;

import org.intarsia.testkit.component.EmbeddingConformance;

final class LearnedConformanceTest extends EmbeddingConformance<Learned.Config, Learned.Factory> {

    @Override
    protected Learned.Factory factory() {
        return new Learned.Factory();
    }

    @Override
    protected List<Learned.Config> configs() {
        return List.of(factory().defaults(), new Learned.Config(Learned.Start.FREQUENCY),
                new Learned.Config(Learned.Start.NUMBER_THEORETIC));
    }
}
