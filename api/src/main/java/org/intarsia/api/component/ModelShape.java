package org.intarsia.api.component;

import static org.intarsia.api.component.InvalidSettingException.check;

/// The sizes of a model, as far as components may depend on them.
///
/// @param vocabulary the number of tokens
/// @param length the number of positions that the model reads at most
/// @param width the features of the residual stream
/// @param layers the number of blocks
/// @param heads the number of attention heads
/// @param feedForward the hidden features of a block's feed-forward part
public record ModelShape(int vocabulary, int length, int width, int layers, int heads, int feedForward) {

    /// Checks that all sizes are positive and that the heads divide the width.
    public ModelShape {
        check(vocabulary >= 1, "vocabulary", "must be at least 1, not " + vocabulary);
        check(length >= 1, "length", "must be at least 1, not " + length);
        check(width >= 1, "width", "must be at least 1, not " + width);
        check(layers >= 1, "layers", "must be at least 1, not " + layers);
        check(heads >= 1, "heads", "must be at least 1, not " + heads);
        check(feedForward >= 1, "feedForward", "must be at least 1, not " + feedForward);
        check(width % heads == 0, "heads", "must divide the width: " + width + " is not a multiple of " + heads);
    }

    /// Returns the features of one head.
    public int channels() {
        return width / heads;
    }
}
