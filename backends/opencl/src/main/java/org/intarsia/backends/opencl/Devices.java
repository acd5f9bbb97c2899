package org.intarsia.backends.opencl;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.intarsia.api.backend.DeviceChoice;
import org.intarsia.api.component.InvalidSettingException;

/// The devices of this machine, and how the setting `device` chooses one.
///
/// @param all what the drivers offer; a device's number is its place in the list
record Devices(Device.Found all) {

    private static final double GIB = 1 << 30;
    private static final String HELP = "\n  a GPU needs the driver of its vendor, and the loader libOpenCL"
            + "\n  PoCL computes on the processor; on Debian and Ubuntu: apt install pocl-opencl-icd ocl-icd-libopencl1";
    private static final String IDLE_HELP =
            "\n  is the device there, was it handed to this container, and may this user open it (groups render, video)?";

    /// Asks the drivers.
    ///
    /// @throws InvalidSettingException if there is no OpenCL here; it says how to get it
    static Devices here() {
        try {
            return new Devices(Device.all());
        } catch (Device.Missing e) {
            throw InvalidSettingException.ofComponent(e.getMessage() + HELP);
        }
    }

    /// Returns the device that a setting asks for.
    ///
    /// @param wanted its number, or a part of its name or its platform's; empty for the first
    /// @throws InvalidSettingException if there is none; it says why, and which there are
    Device choose(String wanted) {
        for (Device.Idle idle : all.idle()) {
            if (all.devices().isEmpty() || idle.platform().equalsIgnoreCase(wanted)) {
                throw InvalidSettingException.ofComponent(
                        "the OpenCL driver \"" + idle.platform() + "\" " + idle.reason() + IDLE_HELP);
            }
        }
        if (wanted.isEmpty() && !all.devices().isEmpty()) {
            return all.devices().getFirst();
        }
        return IntStream.range(0, all.devices().size()).filter(i -> means(wanted, i)).mapToObj(all.devices()::get)
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException("device", "there is no device \"" + wanted
                        + "\"\n  known: " + IntStream.range(0, all.devices().size()).mapToObj(this::numbered)
                                .collect(joining("\n         "))
                        + "\n  give a number, or a part of a name; \"intarsia doctor\" tries each of them"));
    }

    /// A number is never a part of a name: most names have digits in them.
    private boolean means(String wanted, int number) {
        if (wanted.chars().allMatch(Character::isDigit)) {
            return wanted.equals(String.valueOf(number));
        }
        Device device = all.devices().get(number);
        return (device.name() + " " + device.platform()).toLowerCase(Locale.ROOT)
                .contains(wanted.toLowerCase(Locale.ROOT));
    }

    private String numbered(int number) {
        return number + ", " + all.devices().get(number).name() + " (" + all.devices().get(number).platform() + ")";
    }

    /// Returns what people may want to know of each device, and of each platform without one.
    List<DeviceChoice<OpenClBackend.Config>> choices() {
        List<DeviceChoice<OpenClBackend.Config>> choices = new ArrayList<>();
        for (int i = 0; i < all.devices().size(); i++) {
            Device device = all.devices().get(i);
            choices.add(new DeviceChoice<>(device.name(), facts(device), config(String.valueOf(i))));
        }
        for (Device.Idle idle : all.idle()) {
            choices.add(new DeviceChoice<>(idle.platform(), List.of(), config(idle.platform())));
        }
        return choices;
    }

    private static OpenClBackend.Config config(String device) {
        return new OpenClBackend.Config(device);
    }

    private static List<String> facts(Device device) {
        return List.of(device.gpu() ? "GPU" : "no GPU", device.units() + " compute units",
                String.format(Locale.ROOT, "%.1f GiB", device.memory() / GIB), device.platform(), device.version(),
                "driver " + device.driver());
    }
}
