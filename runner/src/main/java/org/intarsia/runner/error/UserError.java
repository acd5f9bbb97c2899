package org.intarsia.runner.error;

/// A mistake in what the user gave: a configuration, a file, a plugin, an argument. The message alone is shown, after
/// `intarsia: ` and without a stack trace, and the program ends with exit code 2.
public final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// Creates the error.
    ///
    /// @param message what is wrong and where, what is known, and how to fix it; lines after the first are indented
    public UserError(String message) {
        super(message);
    }

    /// Creates the error.
    ///
    /// @param cause what was thrown, for those who debug
    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
