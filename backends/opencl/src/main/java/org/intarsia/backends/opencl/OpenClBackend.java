package org.intarsia.backends.opencl;

import static org.intarsia.api.component.InvalidSettingException.check;

import java.util.List;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.backend.DeviceChoice;
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
            Device device = Devices.here().choose(config.device());
            return new OpenClBackend(device, device.lanes());
        }

        @Override
        public List<DeviceChoice<Config>> devices() {
            try {
                return Devices.here().choices();
            } catch (InvalidSettingException e) {
                return List.of(); // create says it
            }
        }
    }

    /// @param lanes how many work-items share a row
    OpenClBackend(Device device, int lanes) {
        this.device = device;
        this.lanes = lanes;
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
