package org.intarsia.runner.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// How records stand in the files of a run: absent values are left out, enums are in lower case.
final class JsonFormat {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE).enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private JsonFormat() {}

    /// Writes on one line.
    static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// Writes for people.
    static String text(Object value) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Separators.Spacing.AFTER);
        ObjectWriter writer = MAPPER.writer()
                .with(new DefaultPrettyPrinter(separators).withObjectIndenter(lines).withArrayIndenter(lines));
        return writer.writeValueAsString(value) + "\n";
    }

    /// Reads what was written.
    ///
    /// @throws tools.jackson.core.JacksonException if the text is something else
    static <T> T read(String text, Class<T> type) {
        return MAPPER.readValue(text, type);
    }
}
