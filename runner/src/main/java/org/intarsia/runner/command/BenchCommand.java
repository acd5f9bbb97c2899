package org.intarsia.runner.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.intarsia.api.backend.InsufficientMemoryException;
import org.intarsia.runner.bench.Bench;
import org.intarsia.runner.bench.Company;
import org.intarsia.runner.bench.FreshJvm;
import org.intarsia.runner.bench.Machine;
import org.intarsia.runner.bench.Outcome;
import org.intarsia.runner.bench.Shape;
import org.intarsia.runner.bench.Timing;
import org.intarsia.runner.bench.Untimed;
import org.intarsia.runner.bench.Variant;
import org.intarsia.runner.bench.Variation;
import org.intarsia.runner.config.Assignment;
import org.intarsia.runner.config.Components;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.config.ConfigurationReader;
import org.intarsia.runner.config.Json;
import org.intarsia.runner.config.JsonReader;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.Registry;
import org.intarsia.runner.registry.SettingField;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Times training steps.
@Command(
        name = "bench",
        description = "Times whole training steps: forward, backward and update, of makemore's transformer unless other"
                + " components are chosen. Beside them stands what the machine can do at best.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

    private static final String ALL = "all";
    private static final String THREADS = "threads";
    /// A JVM that starts cold needs so long until all is compiled.
    private static final double COLD_SECONDS = 5;

    /// makemore's model and optimiser.
    private static final Json.Fields MAKEMORE = JsonReader.parse("""
            {
              "task": "recurrences", "embedding": "learned", "position": "absolute", "loss": "cross-entropy",
              "optimizer": {"learningRate": 5e-4, "beta2": 0.99, "clipNorm": 0},
            }""", "makemore");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description = "A2, A8, B, C, D, E, or V,T,width,layers,heads,ff,batch; may be repeated; by default all six,"
                    + " but those that would take more than ten times as long as the others are timed")
    private List<String> shapes = List.of();

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "which backend computes, or all; may be repeated; by default cpu")
    private List<String> backends = List.of(ConfigurationReader.DEFAULT_BACKEND);

    @Option(
            names = "--vary",
            paramLabel = "WHAT",
            description = "varies one thing of one shape: a size and its values, such as length=15,16,17; or embedding,"
                    + " position or loss: all that there are, or some, such as position=none,rope")
    private @Nullable String vary;

    @Option(
            names = "--in-company",
            description = "measures 24 configurations one after the other in this JVM, and each in a JVM of its own")
    private boolean inCompany;

    @Option(names = "--threads", paramLabel = "N", description = "threads of the backend; by default its own default")
    private int threads;

    @Option(names = "--seconds", paramLabel = "S", description = "how long each shape is timed; by default 5")
    private double seconds = 5;

    @Option(names = "--json", description = "prints a line of JSON for each shape")
    private boolean json;

    @Parameters(
            paramLabel = "path=value",
            description = "other components or optimiser settings, such as position=rope")
    private List<String> assignments = List.of();

    @Override
    public Integer call() {
        if (!(seconds > 0)) {
            throw new UserError("--seconds must be above 0, not " + seconds);
        }
        if (threads < 0) {
            throw new UserError("--threads must be above 0, not " + threads);
        }
        if (inCompany && seconds < COLD_SECONDS) {
            throw new UserError("--in-company compares with JVMs that start cold, and takes --seconds "
                    + COLD_SECONDS + " or more, not " + seconds);
        }
        if (inCompany && vary != null) {
            throw new UserError("--in-company and --vary are two different things to measure; leave out one");
        }
        Registry registry = Registry.load();
        List<Shape> chosen = shapes.isEmpty() ? Shape.NAMED : shapes.stream().map(Shape::parse).toList();
        Variation variation = inCompany ? company(registry) : variation(registry, chosen);
        List<String> names = backends.contains(ALL) ? registry.names(Kind.BACKEND) : backends;
        names.forEach(name -> configuration(registry, name, variation.variants().getFirst()));
        PrintWriter out = spec.commandLine().getOut();
        Machine machine = Machine.measure(Math.max(1, threads));
        BenchReport report = json ? new BenchLines(out, machine) : new BenchTable(out, machine, inCompany);
        for (String name : names) {
            try {
                report.backend(name, Components
                        .backend(configuration(registry, name, variation.variants().getFirst())).device());
            } catch (UserError e) {
                if (!backends.contains(ALL)) {
                    throw e;
                }
                report.noBackend(name, firstLine(e));
                continue;
            }
            if (inCompany) {
                keepCompany(registry, name, variation.variants(), report);
            } else {
                measure(registry, name, variation, report);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private Variation variation(Registry registry, List<Shape> chosen) {
        if (vary == null) {
            return new Variation(chosen.stream().map(Variant::of).toList(), List.of());
        } else if (shapes.size() != 1) {
            throw new UserError("--vary varies one shape; say which, such as --shape B");
        }
        return Variation.parse(vary, chosen.getFirst(), registry);
    }

    private Variation company(Registry registry) {
        if (shapes.size() > 1) {
            throw new UserError("--in-company takes one shape; by default A8");
        }
        Shape shape = Shape.parse(shapes.isEmpty() ? "A8" : shapes.getFirst());
        return new Variation(Company.variants(registry, shape), List.of());
    }

    private void measure(Registry registry, String backend, Variation variation, BenchReport report) {
        Bench bench = bench();
        double before = Double.NaN;
        for (int i = 0; i < variation.variants().size(); i++) {
            Variant variant = variation.variants().get(i);
            Outcome outcome = outcome(bench, configuration(registry, backend, variant), variant.shape(),
                    variation.variants().size() > 1);
            double median = outcome instanceof Timing timing ? timing.median() : Double.NaN;
            OptionalDouble exponent = OptionalDouble.empty();
            if (!variation.values().isEmpty() && before > 0 && median > 0) {
                exponent = OptionalDouble.of(Variation.exponent(variation.values().get(i - 1), before,
                        variation.values().get(i), median));
            }
            report.row(variant, outcome, exponent);
            before = median;
        }
    }

    private Bench bench() {
        return new Bench(Duration.ofNanos((long) (seconds * 1e9)));
    }

    /// What cannot be had is a mistake if nothing else was asked for, and otherwise a row like the others.
    private Outcome outcome(Bench bench, Configuration configuration, Shape shape, boolean amongOthers) {
        try {
            return shapes.isEmpty()
                    ? bench.measureIfQuick(configuration, shape)
                    : bench.measure(configuration, shape);
        } catch (UserError | InsufficientMemoryException e) {
            if (!amongOthers) {
                throw e;
            }
            return new Untimed(shape, firstLine(e));
        }
    }

    private void keepCompany(Registry registry, String backend, List<Variant> variants, BenchReport report) {
        Bench bench = bench();
        List<Company> measured = new ArrayList<>();
        for (Variant variant : variants) {
            try {
                double alone = alone(registry, backend, variant);
                double shared = bench.measure(configuration(registry, backend, variant), variant.shape()).median();
                measured.add(new Company(variant.name(), alone, shared));
                report.row(measured.getLast());
            } catch (UserError e) {
                report.noCompany(variant.name(), firstLine(e));
            }
        }
        measured.stream().min(Comparator.comparingDouble(Company::ratio)).ifPresent(report::worst);
    }

    private double alone(Registry registry, String backend, Variant variant) {
        List<String> arguments = new ArrayList<>(List.of("bench", "--json", "--shape", variant.shape().sizes(),
                "--seconds", String.valueOf(seconds), "--backend", backend));
        if (takesThreads(registry, backend)) {
            arguments.addAll(List.of("--threads", String.valueOf(threads)));
        }
        arguments.addAll(variant.assignments());
        arguments.addAll(assignments);
        return JsonMapper.shared().readTree(FreshJvm.run(arguments).getLast()).get("ms_per_step").asDouble();
    }

    private Configuration configuration(Registry registry, String backend, Variant variant) {
        List<String> given = new ArrayList<>(List.of("backend=" + backend));
        if (takesThreads(registry, backend)) {
            given.add("backend.threads=" + threads);
        }
        given.addAll(variant.assignments());
        given.addAll(assignments);
        return new ConfigurationReader(registry).read(MAKEMORE, "makemore",
                given.stream().map(Assignment::parse).toList());
    }

    /// Whether --threads is for this backend: if all are measured, only for those that have such a setting.
    private boolean takesThreads(Registry registry, String backend) {
        return threads != 0 && (!backends.contains(ALL)
                || SettingField.of(registry.find(Kind.BACKEND, backend).defaults().getClass()).stream()
                        .anyMatch(field -> field.name().equals(THREADS)));
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
