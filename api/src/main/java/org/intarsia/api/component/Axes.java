package org.intarsia.api.component;

/// The names of the axes that components meet. The batch is not among them: no component is about it.
public final class Axes {

    /// Positions in the sequence.
    public static final String TIME = "time";
    /// Features of the residual stream.
    public static final String WIDTH = "width";
    /// Attention heads.
    public static final String HEAD = "head";
    /// Features of one head.
    public static final String CHANNEL = "channel";
    /// Positions that attend: `time`, renamed inside attention.
    public static final String QUERY = "query";
    /// Positions that are attended to: `time`, renamed inside attention.
    public static final String KEY = "key";
    /// Tokens that can be predicted.
    public static final String CLASS = "class";

    private Axes() {}
}
