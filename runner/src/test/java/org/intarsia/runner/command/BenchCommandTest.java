package org.intarsia.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.runner.bench.Company;
import org.intarsia.runner.bench.Machine;
import org.intarsia.runner.bench.Shape;
import org.intarsia.runner.bench.Timing;
import org.intarsia.runner.bench.Untimed;
import org.intarsia.runner.bench.Variant;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {

    private static final Machine MACHINE = new Machine(1, 512, 100, 12.5);
    private static final DeviceInfo DEVICE = new DeviceInfo("a device", DeviceInfo.Precision.SINGLE, 2);

    private record Result(int exitCode, String out, String error) {

        List<JsonNode> rows() {
            return out.lines().map(JsonMapper.shared()::readTree).toList();
        }
    }

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        int exitCode = Intarsia.run(new PrintWriter(out), new PrintWriter(error),
                Stream.concat(Stream.of("bench", "--seconds", "0.01"), Stream.of(arguments)).toArray(String[]::new));
        return new Result(exitCode, out.toString(), error.toString());
    }

    @Test
    void everyBackendHasRows() {
        Result result = run("--shape", "9,4,4,1,2,8,2", "--backend", "all", "--json");

        assertThat(result.error).isEmpty();
        assertThat(result.exitCode).isZero();
        assertThat(result.rows()).extracting(row -> row.get("backend").asString())
                .containsExactlyElementsOf(Registry.load().names(Kind.BACKEND)).contains("cpu", "reference");
        assertThat(result.rows()).allSatisfy(row -> {
            assertThat(row.get("sizes").toString()).isEqualTo("[9,4,4,1,2,8,2]");
            double percent = 100 * row.get("gflops").asDouble() / row.get("peak_gflops").asDouble();
            assertThat(row.get("percent_of_peak").asDouble()).isEqualTo(percent);
            assertThat(row.get("floor_ms").asDouble()).isBetween(Double.MIN_VALUE, row.get("ms_per_step").asDouble());
        });
    }

    @Test
    void aComponentOfTheCommandLineTakesThePlaceOfMakemores() {
        Result result = run("--shape", "9,4,2,1,2,8,2", "position=rope");

        assertThat(result.exitCode).isEqualTo(2);
        assertThat(result.error).startsWith("intarsia: on the command line: position.fraction: finds no pair");
    }

    @Test
    void amongOthersAComponentThatDoesNotFitIsARow() {
        Result result = run("--shape", "9,4,2,1,2,8,2", "--vary", "position=none,rope", "--json");

        assertThat(result.exitCode).isZero();
        assertThat(result.rows()).extracting(row -> row.has("ms_per_step")).containsExactly(true, false);
        assertThat(result.rows().getLast().get("not_measured").asString()).contains("finds no pair");
        assertThat(result.rows().getLast().get("components").toString()).isEqualTo("[\"position=rope\"]");
    }

    @Test
    void theCostOfASizeHasAnExponentFromTheSecondRowOn() {
        Result result = run("--shape", "9,4,4,1,2,8,2", "--vary", "length=3,4", "--json");

        List<JsonNode> rows = result.rows();
        double exponent =
                Math.log(rows.get(1).get("ms_per_step").asDouble() / rows.get(0).get("ms_per_step").asDouble())
                        / Math.log(4.0 / 3);
        assertThat(rows.get(0).has("exponent")).isFalse();
        assertThat(rows.get(1).get("exponent").asDouble()).isEqualTo(exponent);
    }

    @Test
    void whereASizeCannotBeHadNoExponentFollows() {
        Result result = run("--shape", "9,4,8,1,2,8,2", "--vary", "width=8,2,4", "position=rope", "--json");

        assertThat(result.rows()).extracting(row -> row.has("ms_per_step")).containsExactly(true, false, true);
        assertThat(result.rows()).noneMatch(row -> row.has("exponent"));
    }

    @Test
    void ofAllBackendsOnlyThoseWithThreadsTakeThem() {
        Result result = run("--shape", "9,4,4,1,2,8,2", "--backend", "all", "--threads", "2", "--json");

        assertThat(result.error).isEmpty();
        assertThat(result.rows()).filteredOn(row -> row.get("backend").asString().equals("cpu"))
                .singleElement().returns(2, row -> row.get("threads").asInt());
        assertThat(result.rows()).filteredOn(row -> row.get("backend").asString().equals("reference"))
                .singleElement().returns(1, row -> row.get("threads").asInt());
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of("--seconds 0", "--seconds must be above 0, not 0.0"),
                Arguments.of("--threads -1", "--threads must be above 0, not -1"),
                Arguments.of("--vary width=3", "--vary varies one shape; say which, such as --shape B"),
                Arguments.of("--vary width=3 --shape B --in-company",
                        "--in-company and --vary are two different things to measure; leave out one"),
                Arguments.of("--in-company --seconds 3",
                        "--in-company compares with JVMs that start cold, and takes --seconds 5.0 or more, not 3.0"),
                Arguments.of("--in-company --shape B --shape C", "--in-company takes one shape; by default A8"),
                Arguments.of("--shape A8 --backend reference --threads 2", """
                        on the command line: backend.threads: the backend "reference" has no setting "threads"
                          known: trace
                          "intarsia components backend" describes them"""));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsOneClearMessageAndExitCodeTwo(String arguments, String message) {
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();

        int exitCode = Intarsia.run(new PrintWriter(out), new PrintWriter(error), ("bench " + arguments).split(" "));

        assertThat(new Result(exitCode, out.toString(), error.toString()))
                .isEqualTo(new Result(2, "", "intarsia: " + message + "\n"));
    }

    @Test
    void theTableFitsAHundredColumns() {
        StringWriter out = new StringWriter();
        BenchTable table = new BenchTable(new PrintWriter(out), MACHINE, false);
        Shape shape = Shape.parse("256,256,384,6,6,1536,16");

        table.backend("cpu", DEVICE);
        table.row(Variant.of(shape), new Timing(shape, 3, 54321, 43210.5, 65432.25, 271_000_000_000L, ""),
                OptionalDouble.of(-1.5));
        table.row(Variant.of(shape), new Timing(shape, 3, 2, 1, 3, 1_000_000, "launches: 26"), OptionalDouble.empty());
        table.row(Variant.of(shape), new Untimed(shape, "a step would take about 100 s"), OptionalDouble.empty());
        table.noBackend("other", "no device");

        assertThat(out).hasToString("""
                peak: 100.0 GFLOP/s, fused multiply-adds on 512-bit vectors in 1 thread
                copy: 12.5 GB/s read and written, of arrays of 64 MiB

                cpu: a device, single precision, 2 threads
                                          ms/step       min       max  steps tokens/s GFLOP/s floor ms % peak
                256,256,384,6,6,1536,16 54321.000 43210.500 65432.250      3       75     5.0 2710.000    5.0 ^-1.50
                256,256,384,6,6,1536,16     2.000     1.000     3.000      3  2048000     0.5    0.010    0.5
                  a step: launches: 26
                256,256,384,6,6,1536,16 not measured: a step would take about 100 s

                other: not measured: no device
                """);
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void theTableOfCompanyFitsAHundredColumns() {
        StringWriter out = new StringWriter();
        BenchTable table = new BenchTable(new PrintWriter(out), MACHINE, true);
        Company company = new Company("learned absolute distance-weighted vocabulary=128", 0.9, 1);

        table.backend("cpu", DEVICE);
        table.row(company);
        table.noCompany("tuple", "it does not fit");
        table.worst(company);

        assertThat(out.toString().lines().skip(3)).containsExactly(
                "cpu: a device, single precision, 2 threads",
                "alone: in a JVM of its own, just before its turn in this one; ratio: of the speeds",
                "configuration                                                   alone ms     here ms   ratio",
                "learned absolute distance-weighted vocabulary=128                  0.900       1.000    0.90",
                "tuple                                                        not measured: it does not fit",
                "the worst ratio is 0.90, of learned absolute distance-weighted vocabulary=128; the aim is 0.90");
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
}
