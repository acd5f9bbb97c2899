package org.intarsia.backends.nd4j.engine;

import java.util.function.IntFunction;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.intarsia.api.backend.Backend;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/// Makes backends. Creating it loads ND4J's libraries, with the thread's context class loader the one that sees them.
public final class Engine implements IntFunction<Backend> {

    // First: it brings up ND4J, without which there are no native operations.
    private final String device = "ND4J with "
            + Nd4j.getExecutioner().getEnvironmentInformation().getProperty("blas.vendor") + " on "
            + System.getProperty("os.arch");
    private final NativeOps operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
    private final ThreadLocal<Integer> threads = ThreadLocal.withInitial(() -> 0);

    /// Loads ND4J. Its BLAS stays with one thread: with others it adds up in another order, and results must not depend on
    /// their number, which moreover is one for the whole process.
    public Engine() {
        openblas_nolapack.blas_set_num_threads(1);
    }

    @Override
    public Backend apply(int wanted) {
        return new Nd4jBackend(this, wanted, device);
    }

    /// Lets what the calling thread computes next take this many threads. OpenMP keeps a number for each thread that calls
    /// it. One without a number takes all processors, and where these are busy its loops wait for each other most of the
    /// time.
    void useThreads(int wanted) {
        if (threads.get() != wanted) {
            operations.setOmpNumThreads(wanted);
            threads.set(wanted);
        }
    }
}
