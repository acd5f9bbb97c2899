package org.intarsia.embeddings;

import java.util.List;
import org.intarsia.api.component.ModelShape;
import org.intarsia.testkit.component.EmbeddingConformance;

final class ResiduesConformanceTest extends EmbeddingConformance<Residues.Config, Residues.Factory> {

    @Override
    protected Residues.Factory factory() {
        return new Residues.Factory();
    }

    @Override
    protected List<Residues.Config> configs() {
        return List.of(factory().defaults(), new Residues.Config("4", Residues.Code.ONE_HOT, false, true),
                new Residues.Config("5", Residues.Code.ANGLE, false, false),
                new Residues.Config("3", Residues.Code.ANGLE, false, true));
    }

    @Override
    protected boolean fits(Residues.Config config, ModelShape shape) {
        return config.projection() || shape.width() == 2;
    }
}
