package org.intarsia.runner.training;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Seed;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.config.SamplingSettings;
import org.intarsia.runner.generation.Generator;
import org.intarsia.runner.generation.Sample;
import org.intarsia.runner.model.Transformer;

/// Lets the model show what it has learned.
final class Sampler {

    private final Task task;
    private final SamplingSettings settings;
    private final Seed seed;
    private final List<int[]> prompts;
    private final Optional<Generator> generator;

    @Inject
    Sampler(Configuration configuration, Task task, Session session, Transformer model, @Initial Seed initial) {
        this.task = task;
        settings = configuration.sampling();
        seed = Seed.of(configuration.seed()).stream("sampling");
        prompts = settings.count() == 0 ? List.of() : task.prompts(settings.count());
        generator = prompts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Generator(model, session, initial, prompts.size(), task.length(), task::coordinate));
    }

    /// Continues the task's prompts; equal steps draw equal numbers.
    List<Sample> sample(int step) {
        List<int[]> completed = generator.map(
                g -> g.complete(prompts, settings.temperature(), task.stop(), seed.at(step))).orElse(List.of());
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < completed.size(); i++) {
            samples.add(describe(prompts.get(i).length, completed.get(i)));
        }
        return samples;
    }

    private Sample describe(int prompt, int[] sequence) {
        boolean stopped = task.stop().isPresent() && sequence.length > prompt
                && sequence[sequence.length - 1] == task.stop().getAsInt();
        int end = stopped ? sequence.length - 1 : sequence.length;
        return new Sample(task.vocabulary().text(Arrays.copyOf(sequence, prompt)),
                task.vocabulary().text(Arrays.copyOfRange(sequence, prompt, end)), task.origin(sequence));
    }
}
