package org.intarsia.runner.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.backend.DeviceChoice;
import org.intarsia.runner.config.ConfigurationReader;
import org.intarsia.runner.doctor.Doctor;
import org.intarsia.runner.doctor.Verdict;
import org.intarsia.runner.registry.Inspection;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.Registry;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Says what works on this machine, and why the rest does not.
@Command(
        name = "doctor",
        description = "Tries every backend on every device, and every plugin, and says what works here and why the rest does"
                + " not. The exit code is 0 if the default backend works and all plugins load, otherwise 1.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final String REFERENCE = "reference";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Inspection inspection = Registry.inspect();
        List<String> names = inspection.registry().names(Kind.BACKEND);
        DoctorReport report = new DoctorReport(out, names);
        report.machine(new Intarsia.Version().getVersion()[0]);
        report.plugins(inspection);
        boolean healthy = inspection.jars().stream().allMatch(jar -> jar.problem().isEmpty());
        Doctor doctor = Doctor.with(inspection.registry().find(Kind.BACKEND, REFERENCE));
        report.backends();
        for (String name : names) {
            boolean works = tryOut(doctor, inspection.registry().find(Kind.BACKEND, name), report);
            healthy &= works || !name.equals(ConfigurationReader.DEFAULT_BACKEND);
        }
        report.end();
        return healthy ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /// Tries a backend on all its devices.
    ///
    /// @return whether it works with its default settings, which take the first device
    private static <C extends Record> boolean tryOut(Doctor doctor, BackendFactory<C> factory, DoctorReport report) {
        report.start(factory.name());
        List<DeviceChoice<C>> devices = doctor.devices(factory);
        if (devices.isEmpty()) {
            Verdict verdict = doctor.examine(factory, factory.defaults());
            report.backend(verdict);
            return verdict instanceof Verdict.Works;
        }
        boolean works = false;
        for (DeviceChoice<C> device : devices) {
            boolean first = device.equals(devices.getFirst());
            if (!first) {
                report.start("");
            }
            Verdict verdict = doctor.examine(factory, device.settings());
            report.device(device, factory.defaults(), verdict);
            works |= first && verdict instanceof Verdict.Works;
        }
        return works;
    }
}
