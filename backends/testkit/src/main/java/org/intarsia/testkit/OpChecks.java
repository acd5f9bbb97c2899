package org.intarsia.testkit;

import java.util.ArrayList;
import java.util.List;

/// Every op computes what the reference does, however its operands come in and in whatever order its axes go out.
final class OpChecks {

    private OpChecks() {}

    static List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (OpCase sample : OpCases.all()) {
            checks.add(new Check(sample.name(), backend -> {
                for (CaseTrial.Feed feed : CaseTrial.Feed.values()) {
                    new CaseTrial(sample, feed, 0).agree(backend, sample.tolerance());
                }
            }));
        }
        return checks;
    }
}
