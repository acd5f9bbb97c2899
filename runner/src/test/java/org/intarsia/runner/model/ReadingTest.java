package org.intarsia.runner.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.Layout;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.graph.Graph;
import org.intarsia.testkit.component.Computed;
import org.junit.jupiter.api.Test;

final class ReadingTest {

    private static final ModelShape SHAPE = new ModelShape(5, 4, 8, 1, 2, 8).with(Map.of(
            Coordinate.ROW, new Layout(3, List.of(Coordinate.NONE, 2, 0, 1)), Coordinate.DIGIT, Layout.byTokens(3)));

    @Test
    void aFixedCoordinateIsAConstantWithTheTasksValuesAlongTimeQueryAndKey() {
        Positions row = Reading.declare(new Graph(), SHAPE, 2, 4).at().coordinate(Coordinate.ROW);

        assertThat(Computed.values(row.time(), "time")).containsExactly(-1, 2, 0, 1);
        assertThat(Computed.values(row.query(), "query")).containsExactly(-1, 2, 0, 1);
        assertThat(Computed.values(row.key(), "key")).containsExactly(-1, 2, 0, 1);
    }

    @Test
    void fewerTokensHaveTheFirstOfItsValues() {
        Positions row = Reading.declare(new Graph(), SHAPE, 2, 2).at().coordinate(Coordinate.ROW);

        assertThat(Computed.values(row.time(), "time")).containsExactly(-1, 2);
    }

    @Test
    void onlyACoordinateThatDependsOnTokensIsAnInput() {
        Graph graph = new Graph();
        Reading.declare(graph, SHAPE, 2, 4);

        assertThat(Reading.inputs(SHAPE)).containsExactly(Coordinate.DIGIT);
        assertThat(graph.inputs()).containsOnlyKeys("tokens", "digit");
    }
}
