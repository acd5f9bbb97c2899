package org.intarsia.embeddings;

import static org.intarsia.api.component.InvalidSettingException.check;

import java.util.ArrayList;
import java.util.List;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// The residues of the token t modulo small numbers m, {time} → {time, width}; for each m, as [Code] says,
///
/// - angle: cos(2πt/m) and sin(2πt/m), and with `divisibility` a third feature, 1 if m divides t, else 0;
/// - one-hot: m features, 1 at t mod m, else 0; the first of them tells divisibility.
///
/// Token 0 counts as divisible by all. Residues modulo several numbers tell tokens apart up to their least common multiple (the
/// Chinese remainder theorem); the design asks for them as "number-theoretic" features.
public final class Residues implements Embedding {

    private final Features features;
    private final Features.Function function;

    private Residues(Features features, Features.Function function) {
        this.features = features;
        this.function = function;
    }

    @Override
    public Tensor embed(Tensor tokens, Positions at, Scope scope) {
        return features.embed(tokens, function, scope);
    }

    /// A function of the token.
    @FunctionalInterface
    private interface Feature {
        double of(int token);
    }

    private static List<Feature> features(int modulus, Config config) {
        List<Feature> features = new ArrayList<>();
        switch (config.values) {
            case ANGLE -> {
                features.add(token -> StrictMath.cos(2 * Math.PI * (token % modulus) / modulus));
                features.add(token -> StrictMath.sin(2 * Math.PI * (token % modulus) / modulus));
                if (config.divisibility) {
                    features.add(token -> token % modulus == 0 ? 1 : 0);
                }
            }
            case ONE_HOT -> {
                for (int residue = 0; residue < modulus; residue++) {
                    int own = residue;
                    features.add(token -> token % modulus == own ? 1 : 0);
                }
            }
        }
        return features;
    }

    /// How a residue is written.
    public enum Code {
        /// As a point on a circle.
        ANGLE,
        /// As a unit vector.
        ONE_HOT
    }

    /// The settings.
    ///
    /// @param moduli the numbers, separated by commas
    /// @param values how residues are written
    /// @param divisibility whether it is also told which numbers divide the token
    /// @param projection whether a learned linear map to the model's width follows
    public record Config(
            @Setting("The moduli, different numbers from 2 to 1000, separated by commas.") String moduli,
            @Setting("How residues are written: a point on a circle, or a unit vector.") Code values,
            @Setting("Whether a flag tells if the modulus divides the token; with unit vectors it is told anyway.") boolean divisibility,
            @Setting("Whether a learned linear map to the model's width follows; without it the width must be the number of features.") boolean projection) {

        /// Checks the numbers, and that no feature is given twice.
        public Config {
            numbers(moduli);
            check(values == Code.ANGLE || !divisibility, "divisibility",
                    "must be false where values is one-hot: the first feature of each modulus is this flag");
        }

        private static List<Integer> numbers(String moduli) {
            List<Integer> numbers = new ArrayList<>();
            for (String part : moduli.split(",", -1)) {
                String text = part.strip();
                boolean number = text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= 2
                        && Integer.parseInt(text) <= 1000;
                check(number, "moduli",
                        "must be numbers from 2 to 1000, separated by commas, not '" + text + "' in '" + moduli + "'");
                check(!numbers.contains(Integer.valueOf(text)), "moduli",
                        "names " + text + " twice, in '" + moduli + "'");
                numbers.add(Integer.valueOf(text));
            }
            return numbers;
        }
    }

    /// Makes [Residues] embeddings.
    public static final class Factory implements EmbeddingFactory<Config> {

        @Override
        public String name() {
            return "residues";
        }

        @Override
        public String description() {
            return "The residues of the token modulo small numbers, with or without a learned map to the width.";
        }

        @Override
        public Config defaults() {
            return new Config("2,3,5,7,11,13", Code.ANGLE, true, true);
        }

        @Override
        public Residues create(Config config, ModelShape shape) {
            List<Feature> all = Config.numbers(config.moduli).stream()
                    .flatMap(modulus -> features(modulus, config).stream()).toList();
            return new Residues(new Features("feature", all.size(), config.projection, shape),
                    (token, i) -> all.get(i).of(token));
        }
    }
}
