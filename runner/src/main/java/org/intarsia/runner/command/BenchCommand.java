package org.intarsia.runner.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.runner.bench.Bench;
import org.intarsia.runner.bench.Shape;
import org.intarsia.runner.bench.Timing;
import org.intarsia.runner.config.Assignment;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.config.ConfigurationReader;
import org.intarsia.runner.config.Json;
import org.intarsia.runner.config.Origin;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Registry;
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
                + " components are chosen.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

    /// makemore's model and optimiser.
    private static final List<String> MAKEMORE = List.of("task=recurrences", "embedding=learned", "position=absolute",
            "loss=cross-entropy", "optimizer.learningRate=5e-4", "optimizer.beta2=0.99", "optimizer.clipNorm=0");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description = "A8, B, C, D, E, or V,T,width,layers,heads,ff,batch; by default all five")
    private List<String> shapes = List.of();

    @Option(names = "--backend", paramLabel = "NAME", description = "which backend computes; by default cpu")
    private String backend = "cpu";

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
        List<Shape> chosen = shapes.isEmpty() ? Shape.NAMED : shapes.stream().map(Shape::parse).toList();
        Bench bench = new Bench(configuration(), Duration.ofNanos((long) (seconds * 1e9)));
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.printf("%-24s %10s %10s %10s %7s %12s %9s%n", "shape", "ms/step", "min", "max", "steps", "tokens/s",
                    "GFLOP/s");
        }
        for (Shape shape : chosen) {
            Timing timing = bench.measure(shape);
            out.println(json ? JsonMapper.shared().writeValueAsString(fields(timing, bench.device())) : row(timing));
            out.flush();
        }
        return CommandLine.ExitCode.OK;
    }

    private Configuration configuration() {
        List<String> given = new ArrayList<>(MAKEMORE);
        given.add("backend=" + backend);
        if (threads != 0) {
            given.add("backend.threads=" + threads);
        }
        given.addAll(assignments);
        Json.Fields empty = new Json.Fields(Map.of(), Origin.COMMAND_LINE);
        return new ConfigurationReader(Registry.load()).read(empty, "the command line",
                given.stream().map(Assignment::parse).toList());
    }

    private static String row(Timing timing) {
        return String.format(Locale.ROOT, "%-24s %10.3f %10.3f %10.3f %7d %12.0f %9.1f", timing.shape().name(),
                timing.median(), timing.least(), timing.most(), timing.steps(), timing.tokensPerSecond(),
                timing.gigaflops());
    }

    private Map<String, Object> fields(Timing timing, DeviceInfo device) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("shape", timing.shape().name());
        fields.put("sizes", Stream.of(timing.shape().sizes().split(",")).map(Integer::valueOf).toList());
        fields.put("backend", backend);
        fields.put("device", device.name());
        fields.put("threads", device.threads());
        fields.put("steps", timing.steps());
        fields.put("ms_per_step", timing.median());
        fields.put("min", timing.least());
        fields.put("max", timing.most());
        fields.put("tokens_per_second", timing.tokensPerSecond());
        fields.put("gflops", timing.gigaflops());
        return fields;
    }
}
