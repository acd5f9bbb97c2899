package org.intarsia.runner.training;

import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.Graph;
import org.intarsia.runner.run.Checkpoint;
import org.intarsia.runner.run.Measurement;
import org.intarsia.runner.run.RunFolder;
import org.intarsia.runner.run.RunSetup;
import org.intarsia.runner.run.SafetensorsType;

/// Moves variables between a session and a run's folder.
final class Saver {

    private final RunFolder folder;
    private final Session session;
    private final Graph graph;
    private final SafetensorsType type;
    private final Map<String, String> identity = new LinkedHashMap<>();

    @Inject
    Saver(RunFolder folder, Session session, TrainingGraph training, Backend backend, RunSetup setup) {
        this.folder = folder;
        this.session = session;
        graph = training.graph();
        type = switch (backend.device().precision()) {
            case SINGLE -> SafetensorsType.F32;
            case DOUBLE -> SafetensorsType.F64;
        };
        identity.put("configuration", setup.configuration());
        identity.put("data", setup.data());
    }

    /// Reads the folder's checkpoint, if it has one; the training graph must have been compiled.
    Optional<Checkpoint> load() {
        return Checkpoint.load(folder, session, graph.variables(), identity);
    }

    void save(Checkpoint checkpoint) {
        checkpoint.save(folder, session, graph.variables(), type, identity);
    }

    void saveBest(Measurement measurement) {
        Map<String, String> metadata = new LinkedHashMap<>(identity);
        metadata.put("step", Integer.toString(measurement.step()));
        metadata.put("validationLoss", Double.toString(measurement.validation().orElseThrow().loss()));
        Checkpoint.saveWeights(folder, session, graph.parameters(), type, metadata);
    }
}
