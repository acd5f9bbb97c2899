package org.intarsia.api.backend;

/// A graph needs more memory than the device has. Known before anything has run.
public final class InsufficientMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// Creates the exception.
    ///
    /// @param message how much is needed, and how much there is; what would need less is added
    public InsufficientMemoryException(String message) {
        super(message + "; a smaller batch, shorter sequences or a smaller model need less");
    }
}
