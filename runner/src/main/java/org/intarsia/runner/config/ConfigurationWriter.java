package org.intarsia.runner.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.SettingField;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes a configuration in full: every setting, in declared order.
final class ConfigurationWriter {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int HASH_DIGITS = 12;

    private ConfigurationWriter() {}

    static ObjectNode tree(Configuration configuration) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("seed", configuration.seed());
        tree.set(Kind.TASK.key(), component(configuration.task()));
        tree.set(Kind.EMBEDDING.key(), component(configuration.embedding()));
        tree.set(Kind.POSITION.key(), components(configuration.positions()));
        tree.set(Kind.LOSS.key(), component(configuration.loss()));
        tree.set(Kind.BACKEND.key(), component(configuration.backend()));
        add(tree.putObject("model"), configuration.model());
        add(tree.putObject("optimizer"), configuration.optimizer());
        add(tree.putObject("training"), configuration.training());
        add(tree.putObject("sampling"), configuration.sampling());
        return tree;
    }

    private static ObjectNode component(Choice<?> choice) {
        ObjectNode component = JsonNodeFactory.instance.objectNode().put("name", choice.factory().name());
        add(component, choice.settings());
        return component;
    }

    private static JsonNode components(List<? extends Choice<?>> choices) {
        if (choices.size() == 1) {
            return component(choices.getFirst());
        }
        ArrayNode components = JsonNodeFactory.instance.arrayNode();
        choices.forEach(choice -> components.add(component(choice)));
        return components;
    }

    private static void add(ObjectNode object, Record settings) {
        for (SettingField field : SettingField.of(settings.getClass())) {
            switch (field.value(settings).orElseThrow()) {
                case Integer number -> object.put(field.name(), number);
                case Long number -> object.put(field.name(), number);
                case Double number -> object.put(field.name(), number);
                case Boolean bool -> object.put(field.name(), bool);
                case String text -> object.put(field.name(), text);
                case Enum<?> constant -> object.put(field.name(), SettingField.spelling(constant));
                case Record inner -> add(object.putObject(field.name()), inner);
                case Object other -> throw new IllegalStateException("the registry lets no " + other.getClass()
                        + " through as a setting");
            }
        }
    }

    static String text(Configuration configuration) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Separators.Spacing.AFTER);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators).withObjectIndenter(lines);
        return MAPPER.writer().with(printer).writeValueAsString(tree(configuration)) + "\n";
    }

    static String hash(Configuration configuration) {
        byte[] bytes = MAPPER.writeValueAsString(tree(configuration)).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)).substring(0,
                    HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
