package org.intarsia.runner.config;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Setting;

/// The sizes of the transformer.
public record ModelSettings(
        @Setting("number of blocks") int layers,
        @Setting("attention heads; they divide the width") int heads,
        @Setting("features of the residual stream") int width,
        @Setting("hidden features of the feed-forward part") int feedForward,
        @Setting("positions from which each batch draws where its tokens stand, the same for training and evaluation (Ruoss et al. 2023); 0: they stand at 0, 1, 2, …") int randomPositions) {

    /// The design's small model.
    public static final ModelSettings DEFAULTS = new ModelSettings(2, 2, 8, 32, 0);

    /// Checks the sizes.
    public ModelSettings {
        check(layers >= 1, "layers", "must be at least 1, not " + layers);
        check(heads >= 1, "heads", "must be at least 1, not " + heads);
        check(width >= 1, "width", "must be at least 1, not " + width);
        check(feedForward >= 1, "feedForward", "must be at least 1, not " + feedForward);
        check(randomPositions >= 0, "randomPositions", "must be at least 0, not " + randomPositions);
        check(width % heads == 0, "heads", "must divide the width: " + width + " is not a multiple of " + heads);
    }
}
