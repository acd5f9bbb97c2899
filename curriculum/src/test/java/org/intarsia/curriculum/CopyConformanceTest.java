package org.intarsia.curriculum;

import java.util.List;
import org.intarsia.testkit.component.TaskConformance;

final class CopyConformanceTest extends TaskConformance<CopyTask.Config, CopyTask.Factory> {

    @Override
    protected CopyTask.Factory factory() {
        return new CopyTask.Factory();
    }

    @Override
    protected List<CopyTask.Config> configs() {
        return List.of(factory().defaults(), new CopyTask.Config(true, 10, 20, 40, 200),
                new CopyTask.Config(false, 3, 5, 5, 20));
    }

    /// There are few short strings: training meets those of validation, and of a test of the same lengths.
    @Override
    protected boolean separatesSplits(CopyTask.Config config) {
        return false;
    }
}
