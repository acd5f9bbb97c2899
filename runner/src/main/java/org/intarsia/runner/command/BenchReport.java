package org.intarsia.runner.command;

import java.util.OptionalDouble;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.runner.bench.Company;
import org.intarsia.runner.bench.Outcome;
import org.intarsia.runner.bench.Variant;

/// Prints what the bench measures, as it comes.
interface BenchReport {

    /// Starts the rows of a backend.
    void backend(String name, DeviceInfo device);

    /// Says why a backend has no rows.
    void noBackend(String name, String reason);

    /// Prints a row.
    ///
    /// @param exponent how the time grew since the row before, if a size varies
    void row(Variant variant, Outcome outcome, OptionalDouble exponent);

    /// Prints how a configuration did in company.
    void row(Company company);

    /// Prints why a configuration could not be seen in company.
    void noCompany(String name, String reason);

    /// Ends the rows of a backend that were about company.
    ///
    /// @param worst with the lowest ratio
    void worst(Company worst);
}
