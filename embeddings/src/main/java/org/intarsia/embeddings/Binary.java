package org.intarsia.embeddings;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// The binary digits of the token, most significant first: feature i of token t is ⌊t / 2^(n−1−i)⌋ mod 2, written 0/1 or
/// −1/+1, {time} → {time, width}.
///
/// The digits are constants. With a projection, a learned linear map `weight` {width, bit}, `bias` {width} (PyTorch's
/// `nn.Linear` start) follows; without one, the digits are the model's input and its width is their number.
public final class Binary implements Embedding {

    private final Features features;
    private final Digits values;

    private Binary(Features features, Digits values) {
        this.features = features;
        this.values = values;
    }

    @Override
    public Tensor embed(Tensor tokens, Positions at, Scope scope) {
        double low = values == Digits.ZERO_ONE ? 0 : -1;
        return features.embed(tokens, (token, i) -> isSet(token, features.count() - 1 - i) ? 1 : low, scope);
    }

    private static boolean isSet(int token, int bit) {
        return (token >> bit & 1) == 1;
    }

    /// How the two digits are written.
    public enum Digits {
        /// 0 and 1.
        ZERO_ONE,
        /// −1 and +1, so that a digit 0 is as loud as a digit 1.
        PLUS_MINUS_ONE
    }

    /// The settings.
    ///
    /// @param bits the number of digits, 0 for as many as the vocabulary needs
    /// @param values how the two digits are written
    /// @param projection whether a learned linear map to the model's width follows
    public record Config(
            @Setting("The number of binary digits, 1 to 24; 0 takes as many as the vocabulary needs.") int bits,
            @Setting("How the two digits are written.") Digits values,
            @Setting("Whether a learned linear map to the model's width follows; without it the width must be the number of bits.") boolean projection) {

        /// Checks the number of digits.
        public Config {
            check(bits >= 0 && bits <= 24, "bits",
                    "must be 0 (as many as the vocabulary needs) or 1 to 24, not " + bits);
        }
    }

    /// Makes [Binary] embeddings.
    public static final class Factory implements EmbeddingFactory<Config> {

        @Override
        public String name() {
            return "binary";
        }

        @Override
        public String description() {
            return "The binary digits of the token, as constants, with or without a learned map to the width.";
        }

        @Override
        public Config defaults() {
            return new Config(0, Digits.ZERO_ONE, true);
        }

        @Override
        public Binary create(Config config, ModelShape shape) {
            int needed = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(shape.vocabulary() - 1));
            int bits = config.bits == 0 ? needed : config.bits;
            check(bits >= needed, "bits", "must be at least " + needed + " to tell " + shape.vocabulary()
                    + " tokens apart, not " + bits + "; 0 takes as many as needed");
            check(config.projection || shape.width() == bits, "projection",
                    "must be true where the width is not the number of bits: the width is " + shape.width()
                            + ", the bits are "
                            + bits + "; without a projection, set the width to " + bits);
            return new Binary(new Features("bit", bits, config.projection, shape), config.values);
        }
    }
}
