package org.intarsia.testkit;

import java.util.List;
import java.util.stream.Stream;
import org.intarsia.api.backend.Backend;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What every backend must do. Extend it in the tests of a backend:
///
/// ```java
/// class MyBackendConformanceTest extends BackendConformance {
///     @Override
///     protected Backend backend() {
///         return new MyBackend();
///     }
/// }
/// ```
///
/// Each op, each composite and many graphs made of them are compared with the reference backend, within bounds that depend
/// on the backend's precision; sessions, variables and errors are checked against the words of the SPI.
public abstract class BackendConformance {

    /// For subclasses.
    protected BackendConformance() {}

    /// Makes the backend under test; called once for each check.
    protected abstract Backend backend();

    @TestFactory
    Stream<DynamicTest> computesEveryOpAsTheReferenceDoes() {
        return tests(OpChecks.all());
    }

    @TestFactory
    Stream<DynamicTest> acceptsAnExtraAxisOnEveryOp() {
        return tests(ExtraAxisChecks.all());
    }

    @TestFactory
    Stream<DynamicTest> computesCompositesAndTheirGradientsAtAllLengths() {
        return tests(CompositeChecks.all());
    }

    @TestFactory
    Stream<DynamicTest> contractsWhateverAxesThereAre() {
        return tests(ContractChecks.all());
    }

    @TestFactory
    Stream<DynamicTest> drawsRandomNumbersByTheirDefinition() {
        return tests(RandomOpChecks.all());
    }

    @TestFactory
    Stream<DynamicTest> keepsVariablesAsTheSessionSays() {
        return tests(VariableChecks.all());
    }

    @TestFactory
    Stream<DynamicTest> rejectsWhatIsWrong() {
        return tests(ErrorChecks.all());
    }

    @TestFactory
    Stream<DynamicTest> computesRandomGraphsAsTheReferenceDoes() {
        return tests(RandomGraphChecks.all());
    }

    static List<Check> everyCheck() {
        return Stream.of(OpChecks.all(), ExtraAxisChecks.all(), CompositeChecks.all(), ContractChecks.all(),
                RandomOpChecks.all(), VariableChecks.all(), ErrorChecks.all(), RandomGraphChecks.all())
                .flatMap(List::stream).toList();
    }

    private Stream<DynamicTest> tests(List<Check> checks) {
        return checks.stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), () -> check.body().accept(backend())));
    }
}
