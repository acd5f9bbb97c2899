package org.intarsia.backends.nd4j.engine;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOpDescriptor;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.TransformOp;
import org.nd4j.linalg.api.ops.impl.transforms.any.Assign;
import org.nd4j.linalg.cpu.nativecpu.buffer.BaseCpuDataBuffer;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.nd4j.nativeblas.OpaqueDataBuffer;

/// Calls of ND4J's native operations with their arguments prepared. ND4J's executioner prepares them anew in each call,
/// which takes ten microseconds and more; a prepared call takes less than one.
final class Natives {

    private static final NativeOps OPERATIONS = NativeOpsHolder.getInstance().getDeviceNativeOps();

    private Natives() {}

    /// Prepares a call of what ND4J calls a custom operation.
    ///
    /// @param name as ND4J knows it
    /// @param numbers its integer arguments, such as dimensions
    static Step custom(String name, long[] numbers, INDArray output, INDArray... inputs) {
        return custom(name, numbers, new boolean[0], output, inputs);
    }

    /// Prepares a call of a custom operation without further arguments.
    static Step custom(String name, INDArray output, INDArray... inputs) {
        return custom(name, new long[0], output, inputs);
    }

    /// Prepares a call of a custom operation with flags.
    static Step custom(String name, long[] numbers, boolean[] flags, INDArray output, INDArray... inputs) {
        CustomOpDescriptor descriptor = Nd4j.getExecutioner().getCustomOperations().get(name);
        if (descriptor == null) {
            throw new IllegalStateException("this ND4J has no operation " + name);
        }
        OpContext context = Nd4j.getExecutioner().buildContext();
        context.setInputArrays(inputs);
        context.setOutputArrays(output);
        if (numbers.length > 0) {
            context.setIArguments(numbers);
        }
        if (flags.length > 0) {
            context.setBArguments(flags);
        }
        return new CustomCall(name, descriptor.getHash(), context, context.contextPointer());
    }

    /// @param context owns what the pointer points to
    private record CustomCall(String name, long hash, OpContext context, Pointer pointer) implements Step {

        @Override
        public void run() {
            if (OPERATIONS.execCustomOp2(null, hash, pointer) != 0) {
                throw new IllegalStateException("ND4J's " + name + " failed: " + OPERATIONS.lastErrorMessage());
            }
        }
    }

    /// An array's numbers and shape, as native calls take them.
    private record Argument(INDArray array, OpaqueDataBuffer data, LongPointer shape) {

        static Argument of(INDArray array) {
            return new Argument(array, ((BaseCpuDataBuffer) array.data()).getOpaqueDataBuffer(),
                    (LongPointer) array.shapeInfoDataBuffer().addressPointer());
        }
    }

    /// Prepares a function of each element; both arrays have the same shape.
    static Step transform(TransformOp function, INDArray from, INDArray to) {
        Argument x = Argument.of(from);
        Argument z = Argument.of(to);
        int number = function.opNum();
        return switch (function.getOpType()) {
            case TRANSFORM_SAME -> () -> OPERATIONS.execTransformSame(null, number, x.data, x.shape, null, z.data,
                    z.shape, null, null);
            case TRANSFORM_STRICT -> () -> OPERATIONS.execTransformStrict(null, number, x.data, x.shape, null, z.data,
                    z.shape, null, null);
            case TRANSFORM_FLOAT -> () -> OPERATIONS.execTransformFloat(null, number, x.data, x.shape, null, z.data,
                    z.shape, null, null);
            case TRANSFORM_ANY -> () -> OPERATIONS.execTransformAny(null, number, x.data, x.shape, null, z.data,
                    z.shape, null, null);
            default -> throw new IllegalArgumentException("not a function of each element: " + function.opName());
        };
    }

    /// Prepares a copy of numbers, as another type if the arrays' are not the same.
    static Step copy(INDArray from, INDArray to) {
        return transform(new Assign(), from, to);
    }

    /// Throws if a call of this thread has failed without saying so.
    static void check() {
        if (OPERATIONS.lastErrorCode() != 0) {
            throw new IllegalStateException("an operation of ND4J failed: " + OPERATIONS.lastErrorMessage());
        }
    }
}
