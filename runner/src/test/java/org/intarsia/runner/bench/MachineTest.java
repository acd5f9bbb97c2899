package org.intarsia.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTest {

    /// Vectors that are objects, or code that is interpreted, reach a hundredth of the lower bound.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void thePeakIsThatOfCompiledVectors(int threads) {
        Machine machine = Machine.measure(threads);

        assertThat(machine.threads()).isEqualTo(threads);
        assertThat(machine.gigaflops()).isBetween(4.0, 10_000.0);
        assertThat(machine.gigabytes()).isBetween(0.5, 10_000.0);
    }

    @Test
    void theWidthIsThatOfTheVectorsInUse() {
        assertThat(Machine.measure(1).bits()).isEqualTo(FloatVector.SPECIES_PREFERRED.vectorBitSize());
    }

    /// With the launcher's options they would still be interpreted when their time is over. A name that means nothing would be
    /// no error of the JVM's.
    @Test
    void theCompilerIsToldToCompileTheMultiplyAddsSoon() {
        assertThat(Machine.class.getDeclaredMethods()).extracting(Method::getName).contains("multiplyAdd");
        assertThat(Path.of("../backends/cpu/compile-commands")).content()
                .contains("CompileThresholdScaling," + Machine.class.getName() + "::multiplyAdd,0.01\n");
    }
}
