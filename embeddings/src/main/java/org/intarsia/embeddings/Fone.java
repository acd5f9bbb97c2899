package org.intarsia.embeddings;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// The Fourier number embedding: for each power of ten T = 10, 100, …, 10^digits, the features cos(2πt/T) and sin(2πt/T) of the
/// token t as a number, {time} → {time, width} (Zhou et al., "FoNE: Precise Single-Token Number Embeddings via Fourier
/// Features", arXiv 2502.09741, section 3.1): the pair of period 10 tells the last digit, that of period 100 the last two, …
///
/// Digits after the decimal point, which the paper has too, are left out: tokens are whole numbers.
public final class Fone implements Embedding {

    private final Features features;

    private Fone(Features features) {
        this.features = features;
    }

    @Override
    public Tensor embed(Tensor tokens, Positions at, Scope scope) {
        return features.embed(tokens, Fone::feature, scope);
    }

    private static double feature(int token, int i) {
        double angle = 2 * Math.PI * token / StrictMath.pow(10, i / 2 + 1);
        return i % 2 == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle);
    }

    /// The settings.
    ///
    /// @param digits how many periods there are, 0 for as many as the greatest token has digits
    /// @param projection whether a learned linear map to the model's width follows
    public record Config(
            @Setting("The number of periods 10, 100, …, from 1 to 9; 0 takes as many as the greatest token has digits.") int digits,
            @Setting("Whether a learned linear map to the model's width follows; without it the width must be the number of features.") boolean projection) {

        /// Checks the range.
        public Config {
            check(digits >= 0 && digits <= 9, "digits",
                    "must be 0 (as many as the greatest token has) or 1 to 9, not " + digits);
        }
    }

    /// Makes [Fone] embeddings.
    public static final class Factory implements EmbeddingFactory<Config> {

        @Override
        public String name() {
            return "fone";
        }

        @Override
        public String description() {
            return "Sines and cosines of the token with the periods 10, 100, and so on (Fourier number embedding, Zhou et al. 2025).";
        }

        @Override
        public Config defaults() {
            return new Config(0, true);
        }

        @Override
        public Fone create(Config config, ModelShape shape) {
            int needed = Integer.toString(shape.vocabulary() - 1).length();
            int digits = config.digits == 0 ? needed : config.digits;
            check(digits >= needed, "digits", "must be at least " + needed + " to tell " + shape.vocabulary()
                    + " tokens apart, not " + digits + "; 0 takes as many as needed");
            return new Fone(new Features("feature", 2 * digits, config.projection, shape));
        }
    }
}
