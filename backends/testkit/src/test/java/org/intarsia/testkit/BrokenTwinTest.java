package org.intarsia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.intarsia.api.backend.Backend;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every check of the kit can fail, and every fault that we could think of is found.
class BrokenTwinTest {

    @ParameterizedTest
    @MethodSource("opFaults")
    void findsEveryFaultInAnOp(Twin twin) {
        assertThat(OpChecks.all()).anyMatch(check -> rejects(check, twin));
    }

    @ParameterizedTest
    @MethodSource("sessionFaults")
    void findsEveryFaultInASession(Twin twin) {
        List<Check> checks = new ArrayList<>(VariableChecks.all());
        checks.addAll(ErrorChecks.all());
        assertThat(checks).anyMatch(check -> rejects(check, twin));
    }

    @ParameterizedTest
    @MethodSource("contractionFaults")
    void findsEveryFaultInAContraction(Twin twin) {
        assertThat(ContractChecks.all()).anyMatch(check -> rejects(check, twin));
    }

    @ParameterizedTest
    @MethodSource("extraAxisFaults")
    void findsEveryFaultThatAnExtraAxisBringsOut(Twin twin) {
        assertThat(ExtraAxisChecks.all()).anyMatch(check -> rejects(check, twin));
    }

    @ParameterizedTest
    @MethodSource("orderFaults")
    void findsEveryChangeOfTheOrderOfAdditions(Twin twin) {
        assertThat(ScatterChecks.all()).allSatisfy(check -> assertThatThrownBy(() -> check.body().accept(twin))
                .isInstanceOf(AssertionError.class).hasMessageContaining("of the same run again"));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void hasNoCheckThatCannotFail(Check check) {
        List<Twin> twins = new ArrayList<>(SessionTwins.all().values());
        twins.addAll(OpTwins.all().values());
        assertThat(twins).anyMatch(twin -> rejects(check, twin));
    }

    static Stream<Named<Twin>> opFaults() {
        return named(OpTwins.all());
    }

    static Stream<Named<Twin>> contractionFaults() {
        return named(OpTwins.contractions());
    }

    static Stream<Named<Twin>> extraAxisFaults() {
        return named(OpTwins.extraAxes());
    }

    static Stream<Named<Twin>> orderFaults() {
        return named(SessionTwins.orders());
    }

    static Stream<Named<Twin>> sessionFaults() {
        return named(SessionTwins.all());
    }

    static Stream<Named<Check>> checks() {
        return BackendConformance.everyCheck().stream().map(check -> Named.of(check.name(), check));
    }

    private static Stream<Named<Twin>> named(Map<String, Twin> twins) {
        return twins.entrySet().stream().map(e -> Named.of(e.getKey(), e.getValue()));
    }

    private static boolean rejects(Check check, Backend twin) {
        try {
            check.body().accept(twin);
            return false;
        } catch (AssertionError failure) {
            return true;
        }
    }
}
