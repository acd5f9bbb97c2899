package org.intarsia.embeddings;

import org.intarsia.testkit.component.EmbeddingConformance;

final class LearnedConformanceTest extends EmbeddingConformance<Learned.Config, Learned.Factory> {

    @Override
    protected Learned.Factory factory() {
        return new Learned.Factory();
    }
}
