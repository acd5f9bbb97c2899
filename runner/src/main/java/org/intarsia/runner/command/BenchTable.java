package org.intarsia.runner.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.runner.bench.Company;
import org.intarsia.runner.bench.Machine;
import org.intarsia.runner.bench.Outcome;
import org.intarsia.runner.bench.Timing;
import org.intarsia.runner.bench.Untimed;
import org.intarsia.runner.bench.Variant;

/// Tables for people, on a hundred columns.
final class BenchTable implements BenchReport {

    private final PrintWriter out;
    private final Machine machine;
    private final boolean company;

    /// Starts with what the machine can do.
    ///
    /// @param company whether the rows will be about that
    BenchTable(PrintWriter out, Machine machine, boolean company) {
        this.out = out;
        this.machine = machine;
        this.company = company;
        out.printf(Locale.ROOT, "peak: %.1f GFLOP/s, fused multiply-adds on %d-bit vectors in %s%n",
                machine.gigaflops(), machine.bits(),
                threads(machine.threads()));
        out.printf(Locale.ROOT, "copy: %.1f GB/s read and written, of arrays of %d MiB%n", machine.gigabytes(),
                Machine.COPIED >> 20);
    }

    @Override
    public void backend(String name, DeviceInfo device) {
        out.printf(Locale.ROOT, "%n%s: %s, %s precision, %s%n", name, device.name(),
                device.precision().name().toLowerCase(Locale.ROOT), threads(device.threads()));
        if (company) {
            out.printf(Locale.ROOT,
                    "alone: in a JVM of its own, just before its turn in this one; ratio: of the speeds%n");
            out.printf(Locale.ROOT, "%-60s %11s %11s %7s%n", "configuration", "alone ms", "here ms", "ratio");
        } else {
            out.printf(Locale.ROOT, "%-23s %9s %9s %9s %6s %8s %7s %8s %6s%n", "", "ms/step", "min", "max", "steps",
                    "tokens/s", "GFLOP/s", "floor ms", "% peak");
        }
    }

    @Override
    public void noBackend(String name, String reason) {
        out.printf(Locale.ROOT, "%n%s: not measured: %s%n", name, reason);
    }

    @Override
    public void row(Variant variant, Outcome outcome, OptionalDouble exponent) {
        switch (outcome) {
            case Untimed(_, String reason) ->
                out.printf(Locale.ROOT, "%-23s not measured: %s%n", variant.name(), reason);
            case Timing timing -> {
                out.printf(Locale.ROOT, "%-23s %9.3f %9.3f %9.3f %6d %8.0f %7.1f %8.3f %6.1f%s%n", variant.name(),
                        timing.median(), timing.least(), timing.most(), timing.steps(), timing.tokensPerSecond(),
                        timing.gigaflops(), timing.floor(machine), timing.percentOfPeak(machine),
                        exponent.isPresent() ? String.format(Locale.ROOT, " ^%.2f", exponent.getAsDouble()) : "");
                if (!timing.plan().isEmpty()) {
                    out.printf(Locale.ROOT, "  a step: %s%n", timing.plan());
                }
            }
        }
    }

    @Override
    public void row(Company company) {
        out.printf(Locale.ROOT, "%-60s %11.3f %11.3f %7.2f%n", company.name(), company.alone(), company.shared(),
                company.ratio());
    }

    @Override
    public void noCompany(String name, String reason) {
        out.printf(Locale.ROOT, "%-60s not measured: %s%n", name, reason);
    }

    @Override
    public void worst(Company worst) {
        out.printf(Locale.ROOT, "the worst ratio is %.2f, of %s; the aim is %.2f%n", worst.ratio(), worst.name(),
                Company.AIM);
    }

    private static String threads(int count) {
        return count == 1 ? "1 thread" : count + " threads";
    }
}
