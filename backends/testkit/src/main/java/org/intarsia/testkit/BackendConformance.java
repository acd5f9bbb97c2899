package org.intarsia.testkit;

import java.util.List;
import java.util.stream.Stream;
import org.intarsia.api.backend.Backend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

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
/// on the backend's precision; sessions, variables and errors are checked against the words of the SPI. At the end a table of
/// the bounds and of the greatest errors that were met is printed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendConformance {

    private final Measured measured = new Measured();

    /// For subclasses.
    protected BackendConformance() {}

    /// Makes the backend under test; called once for each check. Where its device is missing it ends the check as not run,
    /// with the reason, by `Assumptions.abort`.
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
    Stream<DynamicTest> addsUpInTheSameOrderEachTime() {
        return tests(ScatterChecks.all());
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

    @AfterAll
    void printsWhatWasMeasured() {
        System.out.println(measured.table(getClass().getSimpleName()));
    }

    static List<Check> everyCheck() {
        return Stream.of(OpChecks.all(), ExtraAxisChecks.all(), CompositeChecks.all(), ContractChecks.all(),
                ScatterChecks.all(), RandomOpChecks.all(), VariableChecks.all(), ErrorChecks.all(),
                RandomGraphChecks.all())
                .flatMap(List::stream).toList();
    }

    private Stream<DynamicTest> tests(List<Check> checks) {
        return checks.stream().map(check -> DynamicTest.dynamicTest(check.name(),
                () -> ScopedValue.where(Measured.HERE, measured).run(() -> check.body().accept(backend()))));
    }
}
