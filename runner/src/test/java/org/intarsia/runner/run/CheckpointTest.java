package org.intarsia.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.model.BuiltIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointTest {

    private static final Checkpoint STATE = new Checkpoint(120, 0.1 + 0.2, 20, 3);
    private static final Map<String, String> IDENTITY = Map.of("configuration", "abc");

    @TempDir
    Path path;

    private RunFolder folder;
    private Session session;
    private Graph graph;
    private Path file;

    @BeforeEach
    void save() {
        folder = RunFolder.open(path);
        file = folder.file(RunFolder.CHECKPOINT);
        graph = new Graph();
        graph.variable("weight", new Initializer.Normal(0, 1), Seed.of(3), new Axis("x", 3));
        session = BuiltIn.reference().open();
        session.compile(graph);
        STATE.save(folder, session, graph.variables(), SafetensorsType.F64, IDENTITY);
    }

    @AfterEach
    void close() {
        session.close();
        folder.close();
    }

    @Test
    void bringsBackTheValuesAndTheState() {
        double[] before = weight();
        session.write("weight", new double[3]);

        assertThat(Checkpoint.load(folder, session, graph.variables(), IDENTITY)).contains(STATE);

        assertThat(weight()).isEqualTo(before);
    }

    @Test
    void isAbsentWhereNoneWasWritten() throws IOException {
        Files.delete(file);

        assertThat(Checkpoint.load(folder, session, graph.variables(), IDENTITY)).isEmpty();
    }

    @Test
    void noticesEveryByteThatIsChanged() throws IOException {
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(file, bad);
            assertThatThrownBy(this::load).as("byte " + i).isInstanceOf(UserError.class)
                    .hasMessageStartingWith("the checkpoint " + file + " cannot be used: ")
                    .hasMessageEndingWith("\n  put a copy of it back, or delete it to train from the start");
        }
    }

    @Test
    void refusesAFileOfAnotherProgram() throws IOException {
        Files.write(file, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'});

        assertThatThrownBy(this::load).hasMessage("the checkpoint " + file
                + " cannot be used: it has no checksum, so it was not written as a checkpoint"
                + "\n  put a copy of it back, or delete it to train from the start");
    }

    @Test
    void refusesOtherVariables() {
        Graph other = new Graph();
        other.variable("another", Initializer.zeros(), Seed.of(3), new Axis("x", 3));

        assertThatThrownBy(() -> Checkpoint.load(folder, session, other.variables(), IDENTITY))
                .hasMessageContaining("it holds other variables than the model has");
    }

    @Test
    void refusesOtherShapes() {
        Graph other = new Graph();
        other.variable("weight", Initializer.zeros(), Seed.of(3), new Axis("x", 4));

        assertThatThrownBy(() -> Checkpoint.load(folder, session, other.variables(), IDENTITY))
                .hasMessageContaining("the tensor \"weight\" has the shape [3], not [4]");
    }

    private void load() {
        Checkpoint.load(folder, session, graph.variables(), IDENTITY);
    }

    private double[] weight() {
        double[] values = new double[3];
        session.read("weight", values);
        return values;
    }
}
