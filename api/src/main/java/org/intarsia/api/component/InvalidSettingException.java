package org.intarsia.api.component;

/// Says that a setting has a value that cannot be, or that a component as a whole cannot be had: thrown by the compact
/// constructor of a settings record or by a factory. The runner adds the file, the line and the path.
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String setting;

    /// Creates the error.
    ///
    /// @param setting the name of the record's component
    /// @param message what is wrong and what would be right, such as `must be at least 1, not 0`
    public InvalidSettingException(String setting, String message) {
        super(message);
        this.setting = setting;
    }

    /// Creates the error of a component that no setting of its own would make fit, such as one for grids where tokens have
    /// no cells.
    ///
    /// @param message what is wrong and what would be right, such as `shift needs a vocabulary of at least 2 tokens`
    public static InvalidSettingException ofComponent(String message) {
        return new InvalidSettingException("", message);
    }

    /// Returns the name of the setting; it is empty where the component as a whole is to blame.
    public String setting() {
        return setting;
    }

    /// Throws the error of a component as a whole unless the condition holds.
    public static void checkComponent(boolean holds, String message) {
        if (!holds) {
            throw ofComponent(message);
        }
    }

    /// Throws unless the condition holds.
    public static void check(boolean holds, String setting, String message) {
        if (!holds) {
            throw new InvalidSettingException(setting, message);
        }
    }
}
