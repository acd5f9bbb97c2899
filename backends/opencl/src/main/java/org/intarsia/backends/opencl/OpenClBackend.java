package org.intarsia.backends.opencl;

import static org.intarsia.api.component.InvalidSettingException.check;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.Setting;

/// Computes on an OpenCL device, in single precision, with kernels that are generated for the graph.
public final class OpenClBackend implements Backend {

    private final Device device;
    private final int lanes;

    /// The settings of the backend.
    public record Config(
            @Setting("The device: its number, or a part of its name or its platform's; empty takes the first GPU, or else the first device.") String device) {

        /// Checks that there is a name.
        public Config {
            check(device != null, "device", "must not be null");
        }
    }

    /// Makes the backend.
    public static final class Factory implements BackendFactory<Config> {

        @Override
        public String name() {
            return "opencl";
        }

        @Override
        public String description() {
            return "Single precision on an OpenCL device, such as a GPU, with kernels generated for the graph.";
        }

        @Override
        public Config defaults() {
            return new Config("");
        }

        @Override
        public Backend create(Config config) {
            Device device = choose(config.device());
            return new OpenClBackend(device, device.lanes());
        }
    }

    /// @param lanes how many work-items share a row
    OpenClBackend(Device device, int lanes) {
        this.device = device;
        this.lanes = lanes;
    }

    /// Returns the device that a setting asks for.
    ///
    /// @throws InvalidSettingException if there is none; it says why, and which there are
    static Device choose(String wanted) {
        List<Device> all;
        try {
            all = Device.all();
        } catch (Device.Missing e) {
            throw new InvalidSettingException("device", "cannot be had: " + e.getMessage()
                    + "\n  install the driver of your device, or PoCL for the processor (Debian: pocl-opencl-icd and ocl-icd-libopencl1)");
        }
        if (wanted.isEmpty()) {
            return all.stream().filter(Device::gpu).findFirst().orElse(all.getFirst());
        }
        String lower = wanted.toLowerCase(Locale.ROOT);
        return IntStream.range(0, all.size())
                .filter(i -> wanted.equals(String.valueOf(i))
                        || (all.get(i).name() + " " + all.get(i).platform()).toLowerCase(Locale.ROOT).contains(lower))
                .mapToObj(all::get).findFirst()
                .orElseThrow(() -> new InvalidSettingException("device",
                        "must be one of the devices that there are, not \""
                                + wanted + "\": " + IntStream.range(0, all.size())
                                        .mapToObj(
                                                i -> i + ", " + all.get(i).name() + " (" + all.get(i).platform() + ")")
                                        .collect(Collectors.joining("; "))));
    }

    @Override
    public DeviceInfo device() {
        return new DeviceInfo(device.name() + " (" + device.platform() + ", driver " + device.driver() + ")",
                DeviceInfo.Precision.SINGLE, device.units());
    }

    @Override
    public Session open() {
        return new OpenClSession(device, lanes);
    }
}
