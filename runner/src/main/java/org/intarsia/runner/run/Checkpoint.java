package org.intarsia.runner.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Tensor;
import org.intarsia.runner.error.UserError;

/// Where a run goes on from, beside the values of all variables.
///
/// @param step how many optimiser steps were taken
/// @param lossSum the sum of the training losses since the last measurement
/// @param lossCount how many losses that is
/// @param measurements how many lines `metrics.jsonl` had
public record Checkpoint(int step, double lossSum, int lossCount, int measurements) {

    /// The state before the first step.
    public static final Checkpoint START = new Checkpoint(0, 0, 0, 0);

    private static final String STEP = "step";
    private static final String LOSS_SUM = "lossSum";
    private static final String LOSS_COUNT = "lossCount";
    private static final String MEASUREMENTS = "measurements";

    /// Writes the values of variables and this state.
    ///
    /// @param variables of the training graph
    /// @param identity what must be the same when the run goes on, by name, such as the hash of the configuration
    public void save(RunFolder folder, Session session, SequencedMap<String, Tensor> variables, SafetensorsType type,
            Map<String, String> identity) {
        Map<String, String> metadata = new LinkedHashMap<>(identity);
        metadata.put(STEP, Integer.toString(step));
        metadata.put(LOSS_SUM, Double.toString(lossSum));
        metadata.put(LOSS_COUNT, Integer.toString(lossCount));
        metadata.put(MEASUREMENTS, Integer.toString(measurements));
        folder.replace(RunFolder.CHECKPOINT,
                file -> Safetensors.write(file, type, shapes(variables), metadata, session::read));
    }

    /// Writes weights alone, for other programs to read.
    ///
    /// @param parameters of the training graph
    public static void saveWeights(RunFolder folder, Session session, SequencedMap<String, Tensor> parameters,
            SafetensorsType type, Map<String, String> metadata) {
        folder.replace(RunFolder.BEST,
                file -> Safetensors.write(file, type, shapes(parameters), metadata, session::read));
    }

    /// Reads a folder's checkpoint into a session.
    ///
    /// @return nothing if the folder has none
    /// @throws UserError if the file is damaged or belongs to another run
    public static Optional<Checkpoint> load(RunFolder folder, Session session, SequencedMap<String, Tensor> variables,
            Map<String, String> identity) {
        Path path = folder.file(RunFolder.CHECKPOINT);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            SafetensorsFile file = SafetensorsFile.read(path);
            Checkpoint checkpoint = parse(file.metadata(), identity);
            if (!file.names().equals(variables.keySet())) {
                throw new MalformedFileException("it holds other variables than the model has");
            }
            for (Map.Entry<String, List<Integer>> variable : shapes(variables).entrySet()) {
                if (!file.shape(variable.getKey()).equals(Optional.of(variable.getValue()))) {
                    throw new MalformedFileException("the tensor \"" + variable.getKey() + "\" has the shape "
                            + file.shape(variable.getKey()).orElseThrow() + ", not " + variable.getValue());
                }
            }
            for (String name : file.names()) {
                session.write(name, file.values(name));
            }
            return Optional.of(checkpoint);
        } catch (IOException e) {
            throw new UserError("the checkpoint " + path + " cannot be used: " + RunFolder.reason(e)
                    + "\n  put a copy of it back, or delete it to train from the start", e);
        }
    }

    private static Checkpoint parse(Map<String, String> metadata, Map<String, String> identity)
            throws MalformedFileException {
        if (!metadata.containsKey(Safetensors.CHECKSUM)) {
            throw new MalformedFileException("it has no checksum, so it was not written as a checkpoint");
        }
        for (Map.Entry<String, String> same : identity.entrySet()) {
            String found = metadata.getOrDefault(same.getKey(), "none");
            if (!found.equals(same.getValue())) {
                throw new MalformedFileException("it is of another run: its " + same.getKey() + " is " + found
                        + ", not " + same.getValue());
            }
        }
        try {
            return new Checkpoint(Integer.parseInt(text(metadata, STEP)), Double.parseDouble(text(metadata, LOSS_SUM)),
                    Integer.parseInt(text(metadata, LOSS_COUNT)), Integer.parseInt(text(metadata, MEASUREMENTS)));
        } catch (NumberFormatException e) {
            throw new MalformedFileException("its metadata are not numbers: " + e.getMessage());
        }
    }

    private static String text(Map<String, String> metadata, String name) {
        return metadata.getOrDefault(name, "no " + name);
    }

    private static SequencedMap<String, List<Integer>> shapes(SequencedMap<String, Tensor> variables) {
        SequencedMap<String, List<Integer>> shapes = new LinkedHashMap<>();
        variables.forEach((name, variable) -> shapes.put(name, variable.axes().stream().map(Axis::size).toList()));
        return shapes;
    }
}
