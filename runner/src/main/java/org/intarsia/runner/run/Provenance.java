package org.intarsia.runner.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.api.component.Factory;
import org.intarsia.runner.config.Choice;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.registry.Kind;

/// What results come from: the machine, the device, and the versions of everything that took part.
public final class Provenance {

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private Provenance() {}

    /// Describes this machine.
    public static RunSetup.Machine machine() {
        return new RunSetup.Machine(
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"), processor(),
                Runtime.getRuntime().availableProcessors());
    }

    /// Describes a device.
    public static RunSetup.Device device(DeviceInfo device) {
        return new RunSetup.Device(device.name(), device.precision().name().toLowerCase(Locale.ROOT),
                device.threads());
    }

    /// Names the components of a configuration, by kind, and the runner itself.
    public static Map<String, RunSetup.Part> versions(Configuration configuration) {
        Map<String, RunSetup.Part> versions = new LinkedHashMap<>();
        versions.put("runner", new RunSetup.Part("intarsia", Provenance.class.getPackageName(),
                version(Provenance.class)));
        add(versions, Kind.TASK, configuration.task());
        add(versions, Kind.EMBEDDING, configuration.embedding());
        List<RunSetup.Part> positions = configuration.positions().stream().map(Provenance::part).toList();
        versions.put(Kind.POSITION.key(), new RunSetup.Part(joined(positions, RunSetup.Part::name),
                joined(positions, RunSetup.Part::type), joined(positions, RunSetup.Part::version)));
        add(versions, Kind.LOSS, configuration.loss());
        add(versions, Kind.BACKEND, configuration.backend());
        return versions;
    }

    private static void add(Map<String, RunSetup.Part> versions, Kind<?> kind, Choice<?> choice) {
        versions.put(kind.key(), part(choice));
    }

    private static RunSetup.Part part(Choice<?> choice) {
        Factory<?> factory = choice.factory();
        return new RunSetup.Part(factory.name(), factory.getClass().getName(), version(factory.getClass()));
    }

    private static String joined(List<RunSetup.Part> parts, Function<RunSetup.Part, String> text) {
        return parts.stream().map(text).collect(Collectors.joining(" + "));
    }

    private static String version(Class<?> type) {
        return Optional.ofNullable(type.getPackage()).map(Package::getImplementationVersion).orElse("unknown");
    }

    /// Linux names the processor in a file; elsewhere its architecture must do.
    private static String processor() {
        String architecture = System.getProperty("os.arch", "unknown");
        try (Stream<String> lines = Files.lines(PROCESSOR)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst().orElse(architecture);
        } catch (IOException e) {
            return architecture;
        }
    }
}
