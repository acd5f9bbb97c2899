package org.intarsia.embeddings;

import static org.intarsia.embeddings.Binary.Digits.PLUS_MINUS_ONE;
import static org.intarsia.embeddings.Binary.Digits.ZERO_ONE;

import java.util.List;
import org.intarsia.api.component.ModelShape;
import org.intarsia.testkit.component.EmbeddingConformance;

final class BinaryConformanceTest extends EmbeddingConformance<Binary.Config, Binary.Factory> {

    @Override
    protected Binary.Factory factory() {
        return new Binary.Factory();
    }

    @Override
    protected List<Binary.Config> configs() {
        return List.of(factory().defaults(), new Binary.Config(0, PLUS_MINUS_ONE, true),
                new Binary.Config(4, ZERO_ONE, true),
                new Binary.Config(0, ZERO_ONE, false));
    }

    @Override
    protected boolean fits(Binary.Config config, ModelShape shape) {
        int needed = Math.max(1, Integer.toBinaryString(shape.vocabulary() - 1).length());
        int bits = config.bits() == 0 ? needed : config.bits();
        return bits >= needed && (config.projection() || shape.width() == bits);
    }
}
