package org.intarsia.runner.training;

import dagger.Module;
import dagger.Provides;
import jakarta.inject.Singleton;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Tensor;
import org.intarsia.runner.config.Components;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.config.ModelSettings;
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
        ModelSettings model = configuration.model();
        return new ModelShape(task.vocabulary().size(), task.length(), model.width(), model.layers(), model.heads(),
                model.feedForward());
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
            @Drawn Seed drawn) {
        long parameters = training.graph().parameters().values().stream().mapToLong(Tensor::count).sum();
        return new RunSetup(configuration.hash(), Fingerprint.of(task, drawn), task.notes(), configuration.seed(),
                configuration.training().steps(), parameters, Baselines.of(task, Task.Split.TEST),
                Provenance.device(backend.device()), Provenance.machine(), Provenance.versions(configuration));
    }

    /// Not shared: components are made once for each graph.
    @Provides
    static Transformer model(Configuration configuration, ModelShape shape) {
        return new Transformer(shape, Components.embedding(configuration, shape),
                Components.position(configuration, shape));
    }

    @Provides
    @Singleton
    static TrainingGraph training(Configuration configuration, Transformer model, @Initial Seed seed) {
        return TrainingGraph.build(model, Components.loss(configuration, model.shape()), configuration.optimizer(),
                seed,
                configuration.training().batch());
    }
}
