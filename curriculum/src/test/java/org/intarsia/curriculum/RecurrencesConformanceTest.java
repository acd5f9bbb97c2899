package org.intarsia.curriculum;

import java.util.List;
import org.intarsia.testkit.component.TaskConformance;

final class RecurrencesConformanceTest extends TaskConformance<RecurrencesTask.Config, RecurrencesTask.Factory> {

    @Override
    protected RecurrencesTask.Factory factory() {
        return new RecurrencesTask.Factory();
    }

    @Override
    protected List<RecurrencesTask.Config> configs() {
        return List.of(factory().defaults(), new RecurrencesTask.Config(2, 1, "order-0,order-1,order-2", 3),
                new RecurrencesTask.Config(33, 1000, "order-2", 7));
    }

    /// Held-out sequences are fresh draws: of a small family, training meets them too.
    @Override
    protected boolean separatesSplits(RecurrencesTask.Config config) {
        return false;
    }
}
