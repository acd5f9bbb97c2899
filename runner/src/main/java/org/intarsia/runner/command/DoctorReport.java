package org.intarsia.runner.command;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.intarsia.api.backend.DeviceChoice;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.runner.config.ConfigurationReader;
import org.intarsia.runner.doctor.Verdict;
import org.intarsia.runner.registry.Inspection;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.SettingField;

/// What the doctor found, as a text of at most 100 columns. Each line appears as soon as it is known, so that one sees which
/// driver it was that brought the process down.
///
/// ```text
/// backend     result       time
/// cpu         works      0.11 s  512-bit vectors on amd64, single precision, 1 thread
/// opencl      fails              there is no OpenCL driver on this machine
/// ```
final class DoctorReport {

    private static final double GIB = 1 << 30;
    private static final int LABEL = 12;
    private static final String ROW = "%-9s%8s  ";
    private static final int RESULT = String.format(ROW, "", "").length();

    private final PrintWriter out;
    private final int names;

    /// @param backends the names that a column is to hold
    DoctorReport(PrintWriter out, List<String> backends) {
        this.out = out;
        names = Math.max(LABEL, backends.stream().mapToInt(String::length).max().orElse(0) + 2);
    }

    void machine(String version) {
        Runtime runtime = Runtime.getRuntime();
        String memory = ManagementFactory
                .getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? ", " + gib(system.getTotalMemorySize()) + " of memory"
                        : "";
        String home = System.getProperty("intarsia.home", "");
        line("version", version);
        line("machine", property("os.name") + " " + property("os.version") + " on " + property("os.arch") + ", "
                + counted(runtime.availableProcessors(), "processor") + memory);
        line("Java", property("java.vm.name") + " " + property("java.vm.version") + ", a heap of at most "
                + gib(runtime.maxMemory()) + ", in " + property("java.home"));
        line("home", home.isEmpty() ? "none: started without the launcher, so examples have no names" : home);
    }

    void plugins(Inspection inspection) {
        for (Path folder : inspection.folders()) {
            boolean there = Files.isDirectory(folder);
            List<Inspection.Jar> jars = inspection.jars().stream()
                    .filter(jar -> folder.equals(jar.path().getParent())).toList();
            line("plugins", folder.toAbsolutePath().normalize()
                    + (there ? jars.isEmpty() ? ": no jars" : ":" : ": no such folder"));
            for (Inspection.Jar jar : jars) {
                line("", jar.path().getFileName() + ": " + (jar.problem().isPresent()
                        ? "does not load, and as long as it is there nothing can be trained"
                        : jar.provides().stream().map(component -> component.kind().title() + " " + component.name())
                                .collect(Collectors.joining(", "))));
                jar.problem().ifPresent(this::indented);
            }
        }
        out.println();
    }

    void backends() {
        out.println(padded("backend", names) + String.format(ROW, "result", "time").stripTrailing());
        out.flush();
    }

    /// Says whose turn it is.
    void start(String name) {
        out.print(padded(name, names));
        out.flush();
    }

    /// Says what came of a backend that has no devices to choose from.
    void backend(Verdict verdict) {
        switch (verdict) {
            case Verdict.Works(DeviceInfo device, Duration time) -> works(time, List.of(device.name() + ", "
                    + device.precision().name().toLowerCase(Locale.ROOT) + " precision, "
                    + counted(device.threads(), "thread")));
            case Verdict.Fails(String reason) -> fails(reason.lines().toList());
        }
    }

    /// Says what came of a device.
    ///
    /// @param defaults what need not be said to choose it
    void device(DeviceChoice<?> device, Record defaults, Verdict verdict) {
        List<String> lines = new ArrayList<>(List.of(device.name()));
        if (!device.facts().isEmpty()) {
            lines.add(String.join(", ", device.facts()));
        }
        String assignments = assignments(Kind.BACKEND.key(), device.settings(), defaults);
        if (!assignments.isEmpty()) {
            lines.add("to choose it: " + assignments);
        }
        switch (verdict) {
            case Verdict.Works(_, Duration time) -> works(time, lines);
            case Verdict.Fails(String reason) -> {
                lines.addAll(1, reason.lines().toList());
                fails(lines);
            }
        }
    }

    void end() {
        out.println();
        out.println(Listing.wrapped("A backend works if it trains a model of a few numbers for three steps with the"
                + " results of the reference backend; the time is for all of that, from its start. backend=NAME chooses"
                + " one, and " + ConfigurationReader.DEFAULT_BACKEND + " is the default.", ""));
        out.flush();
    }

    private void works(Duration time, List<String> lines) {
        result(String.format(Locale.ROOT, ROW, "works",
                String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9)), lines);
    }

    private void fails(List<String> lines) {
        result(String.format(Locale.ROOT, ROW, "fails", ""), lines);
    }

    private void result(String result, List<String> lines) {
        String indent = " ".repeat(names + RESULT);
        String text = lines.stream().map(line -> Listing.wrapped(line.strip(), indent))
                .collect(Collectors.joining("\n"));
        out.println(result + text.substring(indent.length()));
        out.flush();
    }

    private static String assignments(String path, Record settings, Record defaults) {
        List<String> assignments = new ArrayList<>();
        for (SettingField field : SettingField.of(settings.getClass())) {
            Object value = field.value(settings).orElse("");
            Object normal = field.value(defaults).orElse("");
            String inner = path + "." + field.name();
            if (value instanceof Record record && normal instanceof Record other) {
                assignments.add(assignments(inner, record, other));
            } else if (!value.equals(normal)) {
                String text = value instanceof Enum<?> constant ? SettingField.spelling(constant) : value.toString();
                assignments.add(text.contains(" ") ? "'" + inner + "=" + text + "'" : inner + "=" + text);
            }
        }
        return assignments.stream().filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
    }

    private void line(String label, String text) {
        String indent = " ".repeat(LABEL);
        out.println(padded(label, LABEL) + Listing.wrapped(text, indent).substring(LABEL));
    }

    private void indented(String text) {
        String indent = " ".repeat(LABEL + 2);
        text.lines().map(String::strip).forEach(line -> out.println(Listing.wrapped(line, indent)));
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }

    private static String property(String name) {
        return System.getProperty(name, "?");
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
