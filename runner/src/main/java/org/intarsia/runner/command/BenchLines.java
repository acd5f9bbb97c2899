package org.intarsia.runner.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.runner.bench.Company;
import org.intarsia.runner.bench.Machine;
import org.intarsia.runner.bench.Outcome;
import org.intarsia.runner.bench.Timing;
import org.intarsia.runner.bench.Untimed;
import org.intarsia.runner.bench.Variant;
import org.intarsia.runner.run.Provenance;
import tools.jackson.databind.json.JsonMapper;

/// A line of JSON for each row.
final class BenchLines implements BenchReport {

    private final PrintWriter out;
    private final Machine machine;
    private final Map<String, Object> common = new LinkedHashMap<>();

    BenchLines(PrintWriter out, Machine machine) {
        this.out = out;
        this.machine = machine;
    }

    @Override
    public void backend(String name, DeviceInfo device) {
        common.put("backend", name);
        common.put("device", device.name());
        common.put("threads", device.threads());
        common.put("jvm", Provenance.machine().jvm());
        common.put("peak_gflops", machine.gigaflops());
        common.put("copy_gbytes_per_second", machine.gigabytes());
    }

    @Override
    public void noBackend(String name, String reason) {
        print(Map.of("backend", name, "not_measured", reason));
    }

    @Override
    public void row(Variant variant, Outcome outcome, OptionalDouble exponent) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("shape", outcome.shape().name());
        fields.put("sizes", outcome.shape().list());
        if (!variant.assignments().isEmpty()) {
            fields.put("components", variant.assignments());
        }
        fields.putAll(common);
        switch (outcome) {
            case Untimed(_, String reason) -> fields.put("not_measured", reason);
            case Timing timing -> {
                fields.put("steps", timing.steps());
                fields.put("ms_per_step", timing.median());
                fields.put("min", timing.least());
                fields.put("max", timing.most());
                fields.put("tokens_per_second", timing.tokensPerSecond());
                fields.put("gflops", timing.gigaflops());
                fields.put("floor_ms", timing.floor(machine));
                fields.put("percent_of_peak", timing.percentOfPeak(machine));
                if (!timing.plan().isEmpty()) {
                    fields.put("plan", timing.plan());
                }
            }
        }
        exponent.ifPresent(value -> fields.put("exponent", value));
        print(fields);
    }

    @Override
    public void row(Company company) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("configuration", company.name());
        fields.putAll(common);
        fields.put("alone_ms_per_step", company.alone());
        fields.put("ms_per_step", company.shared());
        fields.put("ratio", company.ratio());
        print(fields);
    }

    @Override
    public void noCompany(String name, String reason) {
        print(Map.of("configuration", name, "not_measured", reason));
    }

    @Override
    public void worst(Company worst) {
        // Whoever reads the lines finds it among them.
    }

    private void print(Map<String, Object> fields) {
        out.println(JsonMapper.shared().writeValueAsString(fields));
        out.flush();
    }
}
