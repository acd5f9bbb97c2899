package org.intarsia.runner.run;

import java.io.IOException;

/// Says that a file is not what it should be. The message is the end of a sentence about the file.
public final class MalformedFileException extends IOException {

    private static final long serialVersionUID = 1;

    /// Creates the error.
    ///
    /// @param message such as `it ends after 5 bytes`
    public MalformedFileException(String message) {
        super(message);
    }
}
