package org.intarsia.runner.training;

import dagger.BindsInstance;
import dagger.Component;
import jakarta.inject.Singleton;
import org.intarsia.api.backend.Session;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.run.RunFolder;

/// Everything that one run is made of. It is made once per run and shared with no other.
@Singleton
@Component(modules = RunModule.class)
interface RunComponent {

    Session session();

    TrainingLoop loop();

    @Component.Factory
    interface Factory {

        RunComponent create(@BindsInstance Configuration configuration, @BindsInstance RunFolder folder,
                @BindsInstance Reporter reporter, @BindsInstance StopSignal stop);
    }
}
