package org.intarsia.backends.opencl;

import static org.jocl.CL.*;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/// A device of this machine.
///
/// @param platform whose driver it is, such as `Portable Computing Language`
/// @param name such as `AMD Radeon RX 6600`
/// @param driver the version of the driver
/// @param version of OpenCL, such as `OpenCL 3.0`
/// @param gpu whether it is a GPU
/// @param units its compute units
/// @param memory bytes of memory
/// @param largest bytes of the largest part of it that can be had at once
/// @param local bytes of memory of a work-group
/// @param group how many work-items a work-group may have
record Device(
        String platform,
        String name,
        String driver,
        String version,
        boolean gpu,
        int units,
        long memory,
        long largest,
        long local,
        long group,
        cl_platform_id platformId,
        cl_device_id id) {

    /// What the drivers of this machine offer.
    ///
    /// @param devices the GPUs first
    /// @param idle what is wrong with platforms that have no device
    record Found(List<Device> devices, List<Idle> idle) {}

    /// A platform without a device.
    record Idle(String platform, String reason) {}

    /// No OpenCL, and why.
    static final class Missing extends RuntimeException {

        private static final long serialVersionUID = 1;

        Missing(String reason) {
            super(reason);
        }

        Missing(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    /// Asks all drivers of this machine. One thread at a time: PoCL crashes when two ask it for the first time at once, as
    /// a run and its warm-up do.
    ///
    /// @throws Missing if there is no driver
    static synchronized Found all() {
        checkLoader(loader());
        try {
            CL.setExceptionsEnabled(true);
            int[] count = new int[1];
            clGetPlatformIDs(0, null, count);
            if (count[0] == 0) {
                throw new Missing("there is no OpenCL driver on this machine");
            }
            cl_platform_id[] platforms = new cl_platform_id[count[0]];
            clGetPlatformIDs(platforms.length, platforms, null);
            Found found = new Found(new ArrayList<>(), new ArrayList<>());
            for (cl_platform_id platform : platforms) {
                add(platform, found);
            }
            found.devices().sort(Comparator.comparing(device -> !device.gpu()));
            return found;
        } catch (CLException e) {
            throw new Missing("there is no OpenCL driver on this machine (" + e.getMessage() + ")", e);
        } catch (LinkageError e) {
            throw new Missing("OpenCL's Java binding does not work on this machine (" + e.getMessage() + ")", e);
        }
    }

    /// JOCL would say by itself, on standard error, that the library is not there.
    @SuppressWarnings("restricted")
    static void checkLoader(String library) {
        try {
            SymbolLookup.libraryLookup(library, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new Missing("there is no OpenCL loader on this machine (" + library + " cannot be loaded)", e);
        }
    }

    /// Returns the library that JOCL loads.
    private static String loader() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return "/System/Library/Frameworks/OpenCL.framework/Versions/Current/OpenCL";
        }
        return System.mapLibraryName("OpenCL") + (system.startsWith("windows") ? "" : ".1");
    }

    private static void add(cl_platform_id platform, Found found) {
        String name = name(platform);
        try {
            List<Device> devices = of(platform, name);
            found.devices().addAll(devices);
            if (devices.isEmpty()) {
                found.idle().add(new Idle(name, "offers no device"));
            }
        } catch (CLException e) {
            found.idle().add(new Idle(name, e.getStatus() == CL_DEVICE_NOT_FOUND
                    ? "offers no device"
                    : "does not say what devices it has (" + e.getMessage() + ")"));
        }
    }

    private static List<Device> of(cl_platform_id platform, String platformName) {
        int[] count = new int[1];
        clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 0, null, count);
        cl_device_id[] ids = new cl_device_id[count[0]];
        clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, ids.length, ids, null);
        List<Device> devices = new ArrayList<>();
        for (cl_device_id id : ids) {
            devices.add(new Device(platformName, text(id, CL_DEVICE_NAME), text(id, CL_DRIVER_VERSION),
                    version(text(id, CL_DEVICE_VERSION)), (number(id, CL_DEVICE_TYPE) & CL_DEVICE_TYPE_GPU) != 0,
                    (int) number(id, CL_DEVICE_MAX_COMPUTE_UNITS),
                    number(id, CL_DEVICE_GLOBAL_MEM_SIZE), number(id, CL_DEVICE_MAX_MEM_ALLOC_SIZE),
                    number(id, CL_DEVICE_LOCAL_MEM_SIZE), number(id, CL_DEVICE_MAX_WORK_GROUP_SIZE), platform, id));
        }
        return devices;
    }

    /// Returns how many work-items share a row: one on a processor, whose vectors the compiler fills by itself.
    int lanes() {
        return gpu ? items() : 1;
    }

    /// Returns how many work-items a group has: as many as run in step on any GPU, where the device allows it.
    int items() {
        return (int) Math.min(64, group);
    }

    /// Returns the part of a text that is not the vendor's own.
    static String version(String text) {
        return text.replaceFirst("^(OpenCL \\S+) .*", "$1");
    }

    private static String name(cl_platform_id platform) {
        long[] size = new long[1];
        clGetPlatformInfo(platform, CL_PLATFORM_NAME, 0, null, size);
        byte[] bytes = new byte[(int) size[0]];
        clGetPlatformInfo(platform, CL_PLATFORM_NAME, bytes.length, Pointer.to(bytes), null);
        return text(bytes);
    }

    private static String text(cl_device_id device, int what) {
        long[] size = new long[1];
        clGetDeviceInfo(device, what, 0, null, size);
        byte[] bytes = new byte[(int) size[0]];
        clGetDeviceInfo(device, what, bytes.length, Pointer.to(bytes), null);
        return text(bytes);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, 0, Math.max(0, bytes.length - 1), java.nio.charset.StandardCharsets.UTF_8).strip();
    }

    private static long number(cl_device_id device, int what) {
        long[] value = new long[1];
        long[] size = new long[1];
        clGetDeviceInfo(device, what, 0, null, size);
        clGetDeviceInfo(device, what, Math.min(size[0], Sizeof.cl_long), Pointer.to(value), null);
        return value[0];
    }
}
