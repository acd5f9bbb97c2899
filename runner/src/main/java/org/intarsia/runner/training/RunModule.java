package org.intarsia.runner.training;

import dagger.Module;
import dagger.Provides;
import jakarta.inject.Singleton;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Tensor;
import org.intarsia.runner.config.Components;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.model.Transformer;
import org.intarsia.runner.run.Provenance;
import org.intarsia.runner.run.RunSetup;

/// How a run is assembled from its configuration.
@Module
final class RunModule {

    private RunModule() {}

    @Provides
    @Singleton
    static Task task(Configuration configuration) {
        return Components.task(configuration);
    }

    @Provides
    @Singleton
    static Backend backend(Configuration configuration) {
        return Components.backend(configuration);
    }

    @Provides
    @Singleton
    static Session session(Backend backend) {
        return backend.open();
    }

    @Provides
    static ModelShape shape(Configuration configuration, Task task) {
        return Assembly.shape(configuration, task);
    }

    @Provides
    static Batch.Form form(Configuration configuration, Task task, ModelShape shape) {
        return new Batch.Form(task, configuration.training().batch(), shape,
                configuration.training().weights());
    }

    @Provides
    @Initial
    static Seed initial(Configuration configuration) {
        return Seed.of(configuration.seed()).stream("init");
    }

    @Provides
    @Drawn
    static Seed drawn(Configuration configuration) {
        return Seed.of(configuration.seed()).stream("batches");
    }

    @Provides
    @Singleton
    static RunSetup setup(Configuration configuration, Task task, Backend backend, TrainingGraph training,
            Loss loss, @Drawn Seed drawn) {
        long parameters = training.graph().parameters().values().stream().mapToLong(Tensor::count).sum();
        return new RunSetup(configuration.hash(), Fingerprint.of(task, drawn), task.notes(), configuration.seed(),
                configuration.training().steps(), parameters, lossUnit(configuration, loss),
                Baselines.of(task, Task.Split.TEST),
                Provenance.device(backend.device()), Provenance.machine(), Provenance.versions(configuration));
    }

    /// Cross-entropies can be compared with each other, other losses with their like.
    private static String lossUnit(Configuration configuration, Loss loss) {
        return switch (loss.output()) {
            case CLASSES -> RunSetup.NATS;
            case NUMBER -> configuration.loss().factory().name();
        };
    }

    /// Not shared: components are made once for each graph.
    @Provides
    static Transformer model(Configuration configuration, ModelShape shape) {
        return Assembly.model(configuration, shape);
    }

    /// Not shared either.
    @Provides
    static Loss loss(Configuration configuration, ModelShape shape) {
        return Components.loss(configuration, shape);
    }

    @Provides
    @Singleton
    static TrainingGraph training(Configuration configuration, Task task, ModelShape shape, @Initial Seed seed) {
        return Assembly.training(configuration, shape, seed, configuration.training().batch(), task.length());
    }
}
