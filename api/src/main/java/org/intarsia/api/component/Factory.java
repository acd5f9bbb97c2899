package org.intarsia.api.component;

/// What all kinds of component factories share.
///
/// @param <C> the record of settings; numbers, strings, booleans, enums and nested records of these
public interface Factory<C extends Record> {

    /// Returns the name by which configurations select the component: lower-case kebab, unique in its kind, stable.
    String name();

    /// Returns what it is, in one sentence with its source.
    String description();

    /// Returns the default settings. This is the only place where defaults stand.
    C defaults();
}
