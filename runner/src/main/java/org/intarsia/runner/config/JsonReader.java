package org.intarsia.runner.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intarsia.runner.error.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Reads JSON as people write it: with `//` and `/* */` comments and commas after the last item.
public final class JsonReader {

    private static final JsonFactory FRIENDLY = JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();
    private static final JsonFactory STRICT = new JsonFactory();

    private final JsonParser parser;
    private final String name;
    private final Optional<Origin> everywhere;

    private JsonReader(JsonParser parser, String name, Optional<Origin> everywhere) {
        this.parser = parser;
        this.name = name;
        this.everywhere = everywhere;
    }

    /// Reads the object in a file.
    ///
    /// @throws UserError if there is no such file, or it holds something else
    public static Json.Fields read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new UserError(file + ": is no text in UTF-8, so it cannot be JSON", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + (Files.isDirectory(file) ? "it is a folder" : e), e);
        }
        return parse(text, file.toString());
    }

    /// Reads the object in a text.
    ///
    /// @param name what errors call the text
    /// @throws UserError if it is not JSON, or something else than an object
    public static Json.Fields parse(String text, String name) {
        try (JsonParser parser = FRIENDLY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new UserError(name + ": is empty, but must hold an object: {\"task\": …}");
            }
            JsonReader reader = new JsonReader(parser, name, Optional.empty());
            Json value = reader.value();
            if (parser.nextToken() != null) {
                throw new UserError(reader.here().says("something follows the end of the object"));
            }
            if (value instanceof Json.Fields fields) {
                return fields;
            }
            throw new UserError(value.origin().says("must hold an object, not " + value.described()));
        } catch (UnexpectedEndOfInputException e) {
            throw new UserError(origin(name, e.getLocation())
                    .says("is not JSON: the text ends before everything is closed that was opened"), e);
        } catch (JacksonException e) {
            throw new UserError(origin(name, e.getLocation()).says("is not JSON: " + e.getOriginalMessage()), e);
        }
    }

    /// Reads a value on the command line: JSON if it is JSON, and otherwise a text without quotes.
    static Json bare(String text) {
        try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != null) {
                Json value = new JsonReader(parser, "", Optional.of(Origin.COMMAND_LINE)).value();
                if (parser.nextToken() == null) {
                    return value;
                }
            }
        } catch (JacksonException _) {
            // Then it is a text.
        }
        return new Json.Text(text, Origin.COMMAND_LINE);
    }

    /// Reads the value whose first token is the current one.
    private Json value() {
        Origin origin = here();
        return switch (parser.currentToken()) {
            case START_OBJECT -> fields(origin);
            case START_ARRAY -> items(origin);
            case VALUE_STRING -> new Json.Text(parser.getString(), origin);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(parser.getString(), origin);
            case VALUE_TRUE -> new Json.Bool(true, origin);
            case VALUE_FALSE -> new Json.Bool(false, origin);
            case VALUE_NULL -> new Json.Null(origin);
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no value starts with " + parser.currentToken());
        };
    }

    private Json.Fields fields(Origin origin) {
        Map<String, Json.Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            Origin at = here();
            Json.Field first = fields.get(key);
            if (first != null) {
                throw new UserError(at.says("\"" + key + "\" is given twice; the first is at " + first.origin().place()
                        + "\n  remove one of the two"));
            }
            parser.nextToken();
            fields.put(key, new Json.Field(value(), at));
        }
        return new Json.Fields(fields, origin);
    }

    private Json.Items items(Origin origin) {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return new Json.Items(items, origin);
    }

    private Origin here() {
        return everywhere.orElseGet(() -> origin(name, parser.currentTokenLocation()));
    }

    private static Origin origin(String name, TokenStreamLocation location) {
        return Origin.inFile(name, location.getLineNr(), location.getColumnNr());
    }
}
