package dev.scrubjay.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.world.World.Way;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a shape cuts, way by way. The first node of the cast is a.
final class ShapeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    ISOLATION | ab ac ba ca
                    SPLIT     | ab ac ba ca
                    MUTE      | ab ac
                    DEAF      | ba ca
                    LINK      | ab ba
                    ONE_WAY   | ab
                    BRIDGE    | bc cb
                    RING      | -
                    """)
    void ofThreeNodes(Shape shape, String cut) {
        assertThat(cut(shape, "abc")).isEqualTo(cut == null ? "" : cut);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ISOLATION | ab ac ad ae ba ca da ea
                    SPLIT     | ac ad ae bc bd be ca cb da db ea eb
                    MUTE      | ab ac ad ae
                    DEAF      | ba ca da ea
                    LINK      | ab ba
                    ONE_WAY   | ab
                    BRIDGE    | bd be cd ce db dc eb ec
                    RING      | ac ad bd be ca ce da db eb ec
                    """)
    void ofFiveNodes(Shape shape, String cut) {
        assertThat(cut(shape, "abcde")).isEqualTo(cut);
    }

    private static String cut(Shape shape, String cast) {
        var nodes = List.of(cast.split("(?!^)(?!$)", -1));
        int parts = shape.parts(nodes.size());
        return shape.ways(nodes.subList(0, parts), nodes.subList(parts, nodes.size())).stream()
                .map(ShapeTest::word)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(" "));
    }

    private static String word(Way way) {
        return way.from() + way.to();
    }
}
