package org.intarsia.runner.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.intarsia.runner.config.Assignment;
import org.intarsia.runner.config.Examples;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SweepReaderTest {

    private static final String BASE = """
            {"task": "recurrences", "embedding": "learned", "position": "none", "loss": "cross-entropy"}""";

    @TempDir
    private Path folder;

    private Sweep read(String text, String... assignments) throws IOException {
        Path file = Files.writeString(folder.resolve("sweep.json"), text.replace("BASE", BASE));
        return new SweepReader(Registry.load(getClass().getClassLoader(), List.of()), Examples.bundled()).read(file,
                Arrays.stream(assignments).map(Assignment::parse).toList());
    }

    private static List<String> names(Sweep sweep) {
        return sweep.cells().stream().map(Cell::name).toList();
    }

    @Test
    void aProductTriesEachLevelWithEachOther() throws IOException {
        Sweep sweep = read("""
                {"base": BASE, "factors": {"model.width": [8, 16], "position": ["none", "rope"]}, "seeds": [7, 5]}""");

        assertThat(names(sweep)).containsExactly("model.width=8,position=none", "model.width=8,position=rope",
                "model.width=16,position=none", "model.width=16,position=rope");
        assertThat(sweep.cells().getLast().configuration().model().width()).isEqualTo(16);
        assertThat(sweep.cells().getLast().configuration().positions().getFirst().factory().name()).isEqualTo("rope");
        assertThat(sweep.cells().getLast().labels()).containsExactly("16", "rope");
        assertThat(sweep.seeds()).containsExactly(7L, 5L);
        assertThat(sweep.baseline()).isEmpty();
        assertThat(sweep.name()).isEqualTo("sweep");
    }

    @Test
    void theFirstSeedOfEveryCellRunsFirst() throws IOException {
        Sweep sweep = read("""
                {"base": BASE, "factors": {"position": ["none", "rope"]}, "seeds": 2}""");

        assertThat(sweep.trials()).extracting(Trial::toString).containsExactly("position=none seed 1",
                "position=rope seed 1", "position=none seed 2", "position=rope seed 2");
        assertThat(sweep.trials()).extracting(trial -> trial.configuration().seed()).containsExactly(1L, 1L, 2L, 2L);
    }

    @Test
    void oneAtATimeChangesTheBaselineInOnePlace() throws IOException {
        Sweep sweep = read("""
                {"base": BASE, "design": "one-at-a-time", "baseline": {"position": "rope"},
                 "factors": {"model.width": [8, 16, 32], "position": ["none", "rope"]}}""");

        assertThat(names(sweep)).containsExactly("model.width=8,position=rope", "model.width=16,position=rope",
                "model.width=32,position=rope", "model.width=8,position=none");
        assertThat(sweep.baseline()).contains(sweep.cells().getFirst());
    }

    @Test
    void theBaselineOfAProductIsOneOfItsCells() throws IOException {
        Sweep sweep = read("""
                {"base": BASE, "baseline": {"position": {"base": 500, "name": "rope"}},
                 "factors": {"position": ["none", {"base": 500, "name": "rope"}], "model.width": [8, 16]}}""");

        assertThat(sweep.baseline().map(Cell::name)).contains("position=base=500 rope,model.width=8");
    }

    @Test
    void aLabelledLevelSetsSeveralPaths() throws IOException {
        Sweep sweep = read("""
                {"base": BASE, "factors": {"size": [
                  {"label": "small", "set": {"model.width": 16, "model.feedForward": 24}},
                  {"label": "large", "set": {"model.width": 32, "model.feedForward": 48}}]}}""");

        assertThat(names(sweep)).containsExactly("size=small", "size=large");
        assertThat(sweep.cells().getLast().configuration().model().feedForward()).isEqualTo(48);
    }

    @Test
    void aLevelMayBeAListOfEncodingsThatActTogether() throws IOException {
        Sweep sweep = read("""
                {"base": BASE, "baseline": {"position": ["absolute", "t5"]}, "factors": {"position": [
                  "none", ["absolute", "t5"], ["absolute", {"name": "rope", "base": 500}]]}}""");

        assertThat(names(sweep)).containsExactly("position=none", "position=absolute + t5",
                "position=absolute + (rope base=500)");
        assertThat(sweep.cells().getLast().configuration().positions())
                .extracting(choice -> choice.factory().name()).containsExactly("absolute", "rope");
        assertThat(sweep.baseline()).contains(sweep.cells().get(1));
    }

    @Test
    void aSweepWithoutFactorsHasOneCell() throws IOException {
        Sweep sweep = read("""
                {"base": BASE, "factors": {}, "baseline": {}}""");

        assertThat(names(sweep)).containsExactly("base");
        assertThat(sweep.baseline()).isEmpty();
        assertThat(sweep.seeds()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void theBaseMayBeAFileBesideTheSweep() throws IOException {
        Files.writeString(folder.resolve("base.json"), BASE);

        Sweep sweep = read("""
                {"base": "base.json", "factors": {"model.width": [8, 16]}}""");

        assertThat(sweep.cells()).hasSize(2);
    }

    @Test
    void theBaseMayBeAnExample() throws IOException {
        Sweep sweep = read("""
                {"base": "first", "factors": {"position": ["none", "rope"]}}""");

        assertThat(sweep.cells().getFirst().configuration().model().width()).isEqualTo(32);
    }

    @Test
    void theCommandLineReplacesSettingsAndPartsOfTheSweep() throws IOException {
        Sweep sweep = read("""
                {"base": BASE, "factors": {"model.width": [8, 16], "position": ["none", "rope"]}, "seeds": 5}""",
                "training.steps=7", "seeds=[4]", "factors.model.width=[24]", "position.base=3",
                "factors.position=[\"rope\"]"
                        .replace("[\"rope\"]", "[{\"label\":\"rope\",\"set\":{\"position.name\":\"rope\"}}]"));

        assertThat(names(sweep)).containsExactly("model.width=24,position=rope");
        assertThat(sweep.seeds()).containsExactly(4L);
        assertThat(sweep.cells().getFirst().configuration().training().steps()).isEqualTo(7);
        assertThat(sweep.cells().getFirst().configuration().json().at("/position/base").asInt()).isEqualTo(3);
    }

    @Test
    void parametersAreCountedForEachCell() throws IOException {
        Sweep sweep = read("""
                {"base": BASE, "factors": {"position": ["none", "absolute"]}}""");

        // The table of eight positions and eight features.
        assertThat(sweep.cells().getLast().parameters()).isEqualTo(sweep.cells().getFirst().parameters() + 8 * 8);
    }

    @Test
    void theHashChangesWithWhatIsRun() throws IOException {
        String text = """
                {"base": BASE, "factors": {"position": ["none", "rope"]}, "seeds": 2}""";

        assertThat(read(text).hash()).matches("[0-9a-f]{8}").isEqualTo(read(text).hash())
                .isNotEqualTo(read(text, "seeds=3").hash()).isNotEqualTo(read(text, "training.steps=3").hash());
    }

    @Test
    void foldersHavePlainAndDifferentNames() throws IOException {
        Sweep sweep = read("""
                {"base": BASE, "factors": {"size": [
                  {"label": "a/b", "set": {"model.width": 16}}, {"label": "a:b", "set": {"model.width": 32}}]}}""");

        assertThat(sweep.cells()).extracting(Cell::folder).first().isEqualTo("size=a-b");
        assertThat(sweep.cells()).extracting(Cell::folder).last().asString().matches("size=a-b-[0-9a-f]{12}");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("{\"factors\": {}}",
                        """
                                FILE:1:1: base: must be given: a configuration, or the path or name of one, such as "first\""""),
                Arguments.of("{\"base\": BASE}", """
                        FILE:1:1: factors: must be given: what is varied, such as {"position": ["none", "rope"]}"""),
                Arguments.of("{\"base\": BASE, \"factros\": {}}", """
                        FILE:1:104: factros: a sweep has no part "factros"; did you mean "factors"?
                          known: base, baseline, design, factors, seeds"""),
                Arguments.of("BASE",
                        """
                                FILE:1:1: is a configuration and not a sweep
                                  write {"base": …, "factors": {"position": ["none", "rope"]}, "seeds": 3}, with this one as the base"""),
                Arguments.of("{\"base\": 5, \"factors\": {}}", """
                        FILE:1:10: base: must be a configuration, or the path or name of one, not 5"""),
                Arguments.of("{\"base\": \"frist\", \"factors\": {}}", """
                        FILE:1:10: base: "frist" is neither a file nor an example; did you mean "first"?
                          examples: EXAMPLES"""),
                Arguments.of("{\"base\": \"first\", \"factors\": [\"position\"]}", """
                        FILE:1:30: factors: must be an object with a list of levels for each factor, not a list"""),
                Arguments.of("{\"base\": \"first\", \"factors\": {\"position\": \"rope\"}}", """
                        FILE:1:43: factors.position: must be a list of levels, not the text "rope\""""),
                Arguments.of("{\"base\": \"first\", \"factors\": {\"position\": []}}", """
                        FILE:1:43: factors.position: must hold at least one level"""),
                Arguments.of("{\"base\": \"first\", \"factors\": {\"position\": [null]}}",
                        """
                                FILE:1:44: factors.position[0]: must be a value, or an object with "label" and "set", not null"""),
                Arguments.of("{\"base\": \"first\",\n \"factors\": {\"position\": [\"rope\", \"none\", \"rope\"]}}", """
                        FILE:2:43: factors.position[2]: the level "rope" is given twice; the first is at FILE:2:27
                          remove one of the two"""),
                Arguments.of("{\"base\": \"first\",\n \"factors\": {\"position\": [\"none\", \"ropes\"]}}", """
                        FILE:2:35: position: there is no position encoding "ropes"; did you mean "rope"?
                          known: abacus, absolute, alibi, fire, irpe, none, rope, shaw, t5
                          to add one, drop a jar that provides org.intarsia.api.component.PositionEncodingFactory into\s
                          in the cell position=ropes"""),
                Arguments.of("{\"base\": \"first\",\n \"factors\": {\"model.widht\": [8, 16]}}", """
                        FILE:2:30: model.widht: "model" has no setting "widht"; did you mean "width"?
                          known: feedForward, heads, layers, randomPositions, width
                          in the cell model.widht=8"""),
                Arguments.of("{\"base\": \"first\",\n \"factors\": {\"model.width\": [8, 9]}}", """
                        examples/first.json:15:14: model.heads: must divide the width: 9 is not a multiple of 2
                          in the cell model.width=9"""),
                Arguments.of(
                        "{\"base\": \"first\", \"factors\": {\"embedding\": [{\"name\": \"binary\", \"bits\": 3}]}}",
                        """
                                FILE:1:72: embedding.bits: must be at least 8 to tell 256 tokens apart, not 3; 0 takes as many as needed
                                  in the cell embedding=binary bits=3"""),
                Arguments.of("{\"base\": \"first\", \"factors\": {\"seed\": [1, 2]}}",
                        """
                                FILE:1:40: factors.seed[0]: the seed is no factor, because seeds pair the cells; write "seeds": [1, 2, 3] \
                                beside "factors\""""),
                Arguments.of("{\"base\": \"first\", \"factors\": {\"size\": [{\"set\": {\"model.width\": 16}}]}}", """
                        FILE:1:40: factors.size[0].label: must be given: how tables call the level"""),
                Arguments.of("{\"base\": \"first\", \"factors\": {\"size\": [{\"label\": \"small\"}]}}",
                        """
                                FILE:1:40: factors.size[0].set: must be given: the settings of the level, such as {"model.width": 16}"""),
                Arguments.of("{\"base\": \"first\", \"factors\": {\"size\": [{\"label\": \"small\", \"sett\": {}}]}}",
                        """
                                FILE:1:59: factors.size[0].sett: a level has no part "sett"; did you mean "set"?
                                  known: label, set"""),
                Arguments.of("{\"base\": \"first\", \"factors\": {}, \"seeds\": []}", """
                        FILE:1:43: seeds: must hold at least one seed, such as [1, 2, 3]"""),
                Arguments.of("{\"base\": \"first\", \"factors\": {}, \"seeds\": [1, 2, 1]}", """
                        FILE:1:50: seeds[2]: the seed 1 is given twice; remove one of the two"""),
                Arguments.of("{\"base\": \"first\", \"factors\": {}, \"seeds\": 0}", """
                        FILE:1:43: seeds: must be from 1 to 10000, how many there are, not 0"""),
                Arguments.of("{\"base\": \"first\", \"factors\": {}, \"seeds\": [1.5]}", """
                        FILE:1:44: seeds[0]: must be a whole number, not 1.5"""),
                Arguments.of("{\"base\": \"first\", \"factors\": {}, \"design\": \"one-at-time\"}", """
                        FILE:1:44: design: there is no design "one-at-time"; did you mean "one-at-a-time"?
                          known: one-at-a-time, product"""),
                Arguments.of(
                        "{\"base\": \"first\", \"factors\": {\"position\": [\"none\"]}, \"baseline\": {\"postion\": \"none\"}}",
                        """
                                FILE:1:67: baseline.postion: the sweep has no factor "postion"; did you mean "position"?
                                  known: position"""),
                Arguments.of(
                        "{\"base\": \"first\", \"factors\": {\"position\": [\"none\"]}, \"baseline\": {\"position\": \"nome\"}}",
                        """
                                FILE:1:79: baseline.position: the factor "position" has no level "nome"; did you mean "none"?
                                  known: none"""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aMistakeSaysWhereAndWhatIsKnown(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UserError.class).hasMessage(message
                .replace("FILE", folder.resolve("sweep.json").toString()).replace("EXAMPLES", examples()));
    }

    private static String examples() {
        return String.join(", ", Arrays.stream(Path.of("examples").toFile().list())
                .filter(file -> file.endsWith(".json")).map(file -> file.replace(".json", "")).sorted().toList());
    }

    @Test
    void cellsOfOneConfigurationCompareNothing() {
        assertThatThrownBy(() -> read(
                """
                        {"base": "first", "factors": {"position": ["rope", "none", {"name": "rope"}, {"name": "rope", "base": 10000}]}}"""
                        .replace("{\"name\": \"rope\"}, ", "")))
                .isInstanceOf(UserError.class)
                .hasMessageMatching(
                        "(?s).*sweep\\.json:1:19: factors: this comparison compares nothing: position=rope and"
                                + " position=rope base=10000 have the same configuration, [0-9a-f]{12}\\n"
                                + "  change or remove a level of each pair");
    }

    @Test
    void theCommandLineCannotSetWhatAFactorSets() {
        assertThatThrownBy(() -> read("""
                {"base": "first", "factors": {"position": ["none", "rope"]}}""", "position.base=500"))
                .isInstanceOf(UserError.class).hasMessage("""
                        on the command line: position.base: cannot be set, because the factor "position" sets position
                          change its levels: factors.position=[…]""");
    }

    @Test
    void theCommandLineCannotSetTheSeed() {
        assertThatThrownBy(() -> read("""
                {"base": "first", "factors": {"position": ["none", "rope"]}}""", "seed=5"))
                .isInstanceOf(UserError.class).hasMessage(
                        "on the command line: seed: cannot be set, because a sweep gives each run its seed; write seeds=[1,2,3]");
    }

    @Test
    void theCommandLineSetsEachPartOnce() {
        assertThatThrownBy(() -> read("{\"base\": \"first\", \"factors\": {}}", "seeds=5", "seeds=6"))
                .isInstanceOf(UserError.class)
                .hasMessage("on the command line: seeds is set twice; remove one of the two");
    }

    @Test
    void theCommandLineCannotSetAPartOfSeeds() {
        assertThatThrownBy(() -> read("{\"base\": \"first\", \"factors\": {}}", "seeds.first=5"))
                .isInstanceOf(UserError.class).hasMessage(
                        "on the command line: seeds.first cannot be set, because seeds is no object with such parts");
    }

    @Test
    void theFirstAblationComparesNineCells() {
        Sweep sweep = new SweepReader(Registry.load(getClass().getClassLoader(), List.of()), Examples.bundled())
                .read(Path.of("examples/first-ablation.json"), List.of());

        assertThat(sweep.trials()).hasSize(27);
        assertThat(sweep.baseline().map(Cell::name)).contains("embedding=learned,position=absolute");
    }
}
