package org.intarsia.backends.nd4j.engine;

import java.util.function.IntFunction;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.intarsia.api.backend.Backend;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/// Makes backends. Creating it loads ND4J's libraries, with the thread's context class loader the one that sees them.
public final class Engine implements IntFunction<Backend> {

    private final NativeOps operations;
    private final String device;
    private int threads;

    /// Loads ND4J.
    public Engine() {
        device = Nd4j.getExecutioner().getEnvironmentInformation().toString();
        operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
    }

    @Override
    public Backend apply(int wanted) {
        return new Nd4jBackend(this, wanted, device);
    }

    /// ND4J and its BLAS keep one number of threads for the whole process.
    synchronized void useThreads(int wanted) {
        if (threads != wanted) {
            operations.setOmpNumThreads(wanted);
            openblas_nolapack.blas_set_num_threads(wanted);
            threads = wanted;
        }
    }
}
