package org.intarsia.runner.config;

/// Where a value was written, as errors say it: `config.json:3:12`, or `on the command line`.
public record Origin(String place) {

    /// The command line, where texts need no quotes.
    public static final Origin COMMAND_LINE = new Origin("on the command line");

    /// Returns the origin in a file.
    ///
    /// @param line the first is 1
    /// @param column the first is 1
    public static Origin inFile(String file, long line, long column) {
        return new Origin(file + ":" + line + ":" + column);
    }

    /// Starts an error message with the place.
    String says(String message) {
        return place + ": " + message;
    }
}
