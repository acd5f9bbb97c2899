package org.intarsia.api.component;

/// A place that a token may have besides its position in the sequence. A task says which of them its tokens have
/// ([Task#coordinates()]); where a token has none, such as a separator between two grids, its coordinate is [#NONE].
public enum Coordinate {
    /// The row of its cell in a grid, 0 at the top.
    ROW,
    /// The column of its cell in a grid, 0 at the left.
    COLUMN,
    /// Its place in the number of which it is a digit, 0 for the digit that is written first.
    DIGIT;

    /// The coordinate of a token that has none.
    public static final int NONE = -1;
}
