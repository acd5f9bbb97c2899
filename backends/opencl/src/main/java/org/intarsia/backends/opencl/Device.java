package org.intarsia.backends.opencl;

import static org.jocl.CL.*;

import java.util.ArrayList;
import java.util.List;
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
        boolean gpu,
        int units,
        long memory,
        long largest,
        long local,
        long group,
        cl_platform_id platformId,
        cl_device_id id) {

    /// No device, and why.
    static final class Missing extends RuntimeException {

        private static final long serialVersionUID = 1;

        Missing(String reason) {
            super(reason);
        }

        Missing(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    /// Returns all devices of this machine, platform by platform. One thread at a time asks: drivers set themselves up when
    /// they are asked first, and not all of them expect two to ask.
    ///
    /// @throws Missing if there is none
    static synchronized List<Device> all() {
        try {
            CL.setExceptionsEnabled(true);
            int[] count = new int[1];
            clGetPlatformIDs(0, null, count);
            cl_platform_id[] platforms = new cl_platform_id[count[0]];
            clGetPlatformIDs(platforms.length, platforms, null);
            List<Device> devices = new ArrayList<>();
            for (cl_platform_id platform : platforms) {
                devices.addAll(of(platform));
            }
            if (devices.isEmpty()) {
                throw new Missing("the OpenCL drivers of this machine offer no device");
            }
            return devices;
        } catch (CLException e) {
            throw new Missing("there is no OpenCL driver on this machine (" + e.getMessage() + ")", e);
        } catch (LinkageError e) {
            throw new Missing("there is no OpenCL loader on this machine (libOpenCL could not be loaded)", e);
        }
    }

    private static List<Device> of(cl_platform_id platform) {
        int[] count = new int[1];
        try {
            clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 0, null, count);
        } catch (CLException e) {
            if (e.getStatus() == CL_DEVICE_NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
        cl_device_id[] ids = new cl_device_id[count[0]];
        clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, ids.length, ids, null);
        List<Device> devices = new ArrayList<>();
        for (cl_device_id id : ids) {
            devices.add(new Device(name(platform), text(id, CL_DEVICE_NAME), text(id, CL_DRIVER_VERSION),
                    (number(id, CL_DEVICE_TYPE) & CL_DEVICE_TYPE_GPU) != 0,
                    (int) number(id, CL_DEVICE_MAX_COMPUTE_UNITS),
                    number(id, CL_DEVICE_GLOBAL_MEM_SIZE), number(id, CL_DEVICE_MAX_MEM_ALLOC_SIZE),
                    number(id, CL_DEVICE_LOCAL_MEM_SIZE), number(id, CL_DEVICE_MAX_WORK_GROUP_SIZE), platform, id));
        }
        return devices;
    }

    /// Returns how many work-items share a row: one on a processor, whose vectors the compiler fills by itself.
    int lanes() {
        return gpu ? (int) Math.min(64, group) : 1;
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
