package org.intarsia.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

    @Test
    void saysOfEveryBackendWhetherItWorksOnThisMachine() {
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();

        int exitCode = Intarsia.run(new PrintWriter(out), new PrintWriter(error), "doctor");

        assertThat(error.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString()).startsWith("version     intarsia ").contains("\nmachine     ", "\nJava        ")
                .containsPattern("\ncpu +works +[0-9.]+ s  [0-9]+-bit vectors on .*, single precision, 1 thread\n")
                .containsPattern("\nreference +works +[0-9.]+ s  .*double precision")
                .containsPattern("\nnd4j +(works|fails) ").containsPattern("\nopencl +(works|fails) ");
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
}
