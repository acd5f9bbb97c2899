package org.intarsia.runner.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON value that knows where it was written.
public sealed interface Json {

    /// An object, in the order of the file.
    record Fields(Map<String, Field> fields, Origin origin) implements Json {

        /// Copies the fields.
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /// Returns the same object with a field set.
        Fields with(String name, Field field) {
            Map<String, Field> changed = new LinkedHashMap<>(fields);
            changed.put(name, field);
            return new Fields(changed, origin);
        }

        /// Returns the same object without a field.
        Fields without(String name) {
            Map<String, Field> changed = new LinkedHashMap<>(fields);
            changed.remove(name);
            return new Fields(changed, origin);
        }

        @Override
        public String described() {
            return "an object";
        }
    }

    /// A value in an object.
    ///
    /// @param origin where its name stands
    record Field(Json value, Origin origin) {}

    /// An array.
    record Items(List<Json> items, Origin origin) implements Json {

        /// Copies the items.
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String described() {
            return "a list";
        }
    }

    /// A string.
    record Text(String text, Origin origin) implements Json {

        @Override
        public String described() {
            return "the text \"" + text + "\"";
        }
    }

    /// A number, as it was written.
    record Numeral(String digits, Origin origin) implements Json {

        @Override
        public String described() {
            return digits;
        }
    }

    /// True or false.
    record Bool(boolean value, Origin origin) implements Json {

        @Override
        public String described() {
            return Boolean.toString(value);
        }
    }

    /// Nothing.
    record Null(Origin origin) implements Json {

        @Override
        public String described() {
            return "null";
        }
    }

    /// Returns where the value was written.
    Origin origin();

    /// Returns the value as errors mention it.
    String described();
}
