package org.intarsia.backends.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.intarsia.api.backend.DeviceChoice;
import org.intarsia.api.component.InvalidSettingException;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {

    private static final Device GPU = device("Contoso 3000", "Contoso CUDA", true);
    private static final Device PROCESSOR = device("pthread-avx512-EPYC 9", "Portable Computing Language", false);
    private static final Device.Idle IDLE = new Device.Idle("Fabrikam OpenCL", "offers no device");

    private final Devices devices = devices(List.of(GPU, PROCESSOR), List.of(IDLE));

    private static Devices devices(List<Device> devices, List<Device.Idle> idle) {
        return new Devices(new Device.Found(devices, idle));
    }

    private static Device device(String name, String platform, boolean gpu) {
        return new Device(platform, name, "1.2", "OpenCL 3.0", gpu, 8, 6L << 30, 1L << 30, 1L << 15, 256,
                new cl_platform_id(), new cl_device_id());
    }

    @ParameterizedTest
    @CsvSource({"'', Contoso 3000", "0, Contoso 3000", "1, pthread-avx512-EPYC 9", "epyc, pthread-avx512-EPYC 9",
        "portable, pthread-avx512-EPYC 9", "contoso cuda, Contoso 3000"})
    void aDeviceIsChosenByItsNumberOrAPartOfAName(String wanted, String name) {
        assertThat(devices.choose(wanted).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "2", "512"})
    void anUnknownDeviceIsAnErrorThatListsThem(String wanted) {
        assertThatThrownBy(() -> devices.choose(wanted)).isInstanceOf(InvalidSettingException.class).hasMessage("""
                there is no device "%s"
                  known: 0, Contoso 3000 (Contoso CUDA)
                         1, pthread-avx512-EPYC 9 (Portable Computing Language)
                  give a number, or a part of a name; "intarsia doctor" tries each of them""".formatted(wanted));
    }

    @Test
    void aDriverWithoutADeviceIsAnErrorThatSaysWhatMayBeWrong() {
        String message = """
                the OpenCL driver "Fabrikam OpenCL" offers no device
                  is the device there, was it handed to this container, and may this user open it (groups render, \
                video)?""";

        assertThatThrownBy(() -> devices.choose("fabrikam opencl")).hasMessage(message);
        assertThatThrownBy(() -> devices(List.of(), List.of(IDLE)).choose("")).hasMessage(message);
    }

    @Test
    void everyDeviceIsListedWithTheSettingsThatChooseIt() {
        assertThat(devices.choices()).containsExactly(
                new DeviceChoice<>("Contoso 3000", List.of("GPU", "8 compute units", "6.0 GiB", "Contoso CUDA",
                        "OpenCL 3.0", "driver 1.2"), new OpenClBackend.Config("0")),
                new DeviceChoice<>("pthread-avx512-EPYC 9", List.of("no GPU", "8 compute units", "6.0 GiB",
                        "Portable Computing Language", "OpenCL 3.0", "driver 1.2"), new OpenClBackend.Config("1")),
                new DeviceChoice<>("Fabrikam OpenCL", List.of(), new OpenClBackend.Config("Fabrikam OpenCL")));
    }

    @Test
    void aVersionIsShownWithoutWhatTheVendorAdds() {
        assertThat(Device.version("OpenCL 3.0 PoCL HSTR: pthread")).isEqualTo("OpenCL 3.0");
    }

    @Test
    void aLoaderThatIsNotThereIsAnErrorAndNothingElse() {
        assertThatThrownBy(() -> Device.checkLoader("libNowhere.so.1")).isInstanceOf(Device.Missing.class)
                .hasMessage("there is no OpenCL loader on this machine (libNowhere.so.1 cannot be loaded)");
    }
}
