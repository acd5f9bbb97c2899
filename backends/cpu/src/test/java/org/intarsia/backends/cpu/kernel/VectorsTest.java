package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class VectorsTest {

    private static final int LINE = 64;

    /// The header of an array is the JVM's own business, so another JDK may need another number.
    @Test
    void theFirstVectorOfAnArrayStartsALineOfTheCache() throws ReflectiveOperationException {
        int header = Class.forName("sun.misc.Unsafe").getField("ARRAY_FLOAT_BASE_OFFSET").getInt(null);

        assertThat((header + Vectors.FIRST * Float.BYTES) % LINE).isZero();
    }

    @Test
    void arraysStartLinesHereAsUnderTheLauncher() {
        String alignment = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("ObjectAlignmentInBytes").getValue();

        assertThat(Integer.parseInt(alignment)).isEqualTo(LINE);
    }
}
