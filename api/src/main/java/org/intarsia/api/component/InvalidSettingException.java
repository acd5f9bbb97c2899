package org.intarsia.api.component;

/// Says that a setting has a value that cannot be: thrown by the compact constructor of a settings record or by a
/// factory. The runner adds the file, the line and the path.
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

    /// Returns the name of the setting.
    public String setting() {
        return setting;
    }

    /// Throws unless the condition holds.
    public static void check(boolean holds, String setting, String message) {
        if (!holds) {
            throw new InvalidSettingException(setting, message);
        }
    }
}
