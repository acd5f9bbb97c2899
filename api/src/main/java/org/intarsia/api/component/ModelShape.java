package org.intarsia.api.component;

import static org.intarsia.api.component.InvalidSettingException.check;

import java.util.Map;

/// The sizes of a model, as far as components may depend on them.
///
/// @param vocabulary the number of tokens
/// @param length the number of positions that there are: each is one of 0, 1, …, length − 1
/// @param width the features of the residual stream
/// @param layers the number of blocks
/// @param heads the number of attention heads
/// @param feedForward the hidden features of a block's feed-forward part
/// @param coordinates where tokens stand besides
public record ModelShape(
        int vocabulary,
        int length,
        int width,
        int layers,
        int heads,
        int feedForward,
        Map<Coordinate, Layout> coordinates) {

    /// Checks that all sizes are positive and that the heads divide the width.
    public ModelShape {
        coordinates = Map.copyOf(coordinates);
        check(vocabulary >= 1, "vocabulary", "must be at least 1, not " + vocabulary);
        check(length >= 1, "length", "must be at least 1, not " + length);
        check(width >= 1, "width", "must be at least 1, not " + width);
        check(layers >= 1, "layers", "must be at least 1, not " + layers);
        check(heads >= 1, "heads", "must be at least 1, not " + heads);
        check(feedForward >= 1, "feedForward", "must be at least 1, not " + feedForward);
        check(width % heads == 0, "heads", "must divide the width: " + width + " is not a multiple of " + heads);
    }

    /// Creates the shape of a model of tokens without coordinates.
    public ModelShape(int vocabulary, int length, int width, int layers, int heads, int feedForward) {
        this(vocabulary, length, width, layers, heads, feedForward, Map.of());
    }

    /// Returns the same sizes for tokens that have these coordinates.
    public ModelShape with(Map<Coordinate, Layout> others) {
        return new ModelShape(vocabulary, length, width, layers, heads, feedForward, others);
    }

    /// Returns how many values a coordinate has, 0 if tokens do not have it.
    public int extent(Coordinate coordinate) {
        Layout layout = coordinates.get(coordinate);
        return layout == null ? 0 : layout.extent();
    }

    /// Returns the features of one head.
    public int channels() {
        return width / heads;
    }
}
