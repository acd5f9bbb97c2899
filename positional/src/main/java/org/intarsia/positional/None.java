package org.intarsia.positional;

import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.PositionEncodingFactory;

/// No position encoding: the causal mask alone tells positions apart ("NoPE"; Haviv et al., "Transformer Language Models
/// without Positional Encodings Still Learn Positional Information", arXiv 2203.16634).
public final class None implements PositionEncoding {

    private None() {}

    /// There is nothing to set.
    public record Config() {}

    /// Makes [None].
    public static final class Factory implements PositionEncodingFactory<Config> {

        @Override
        public String name() {
            return "none";
        }

        @Override
        public String description() {
            return "No position encoding; the causal mask alone tells positions apart (Haviv et al. 2022).";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public None create(Config config, ModelShape shape) {
            return new None();
        }
    }
}
