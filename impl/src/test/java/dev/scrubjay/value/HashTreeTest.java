package dev.scrubjay.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class HashTreeTest {
    private static Row row(int number, String value) {
        return new Row(bytes((char) StateRow.KEY + "key " + number), bytes(value));
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Row> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> row(number, "value " + number))
                .toList();
    }

    private static HashTree tree(List<Row> rows) {
        var builder = new HashTree.Builder();
        rows.forEach(builder::add);
        return builder.build();
    }

    @Property(tries = 50)
    void theOrderOfRowsMeansNothing(@ForAll @IntRange(max = 60) int count, @ForAll long seed) {
        var shuffled = new ArrayList<>(rows(count));
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(tree(shuffled)).isEqualTo(tree(rows(count))).hasSameHashCodeAs(tree(rows(count)));
    }

    @Property(tries = 50)
    void whatIsRemovedWasNeverThere(@ForAll @IntRange(min = 1, max = 60) int count) {
        var builder = new HashTree.Builder();
        rows(count).forEach(builder::add);
        builder.remove(rows(count).getLast());

        assertThat(builder.build()).isEqualTo(tree(rows(count - 1))).isNotEqualTo(tree(rows(count)));
    }

    /// A few questions lead from the root to the leaf in which two trees differ, and nowhere else.
    @Property(tries = 50)
    void whatDiffersIsFoundFromTheRootOn(
            @ForAll @IntRange(min = 1, max = 200) int count, @ForAll @IntRange(max = 199) int which) {
        int other = which % count;
        var changed = new ArrayList<>(rows(count));
        changed.set(other, row(other, "another"));
        var theirs = tree(changed);
        var ours = tree(rows(count));

        int node = HashTree.ROOT;
        int questions = 0;
        while (!HashTree.isLeaf(node)) {
            assertThat(ours.others(node, theirs.children(node))).hasSize(1);
            node = ours.others(node, theirs.children(node)).getFirst();
            questions++;
        }

        assertThat(questions).isEqualTo(3);
        assertThat(HashTree.leafOf(node))
                .isEqualTo(HashTree.leaf(changed.get(other).key().toArray()));
        assertThat(ours.root()).isNotEqualTo(theirs.root());
    }

    /// A key that ends where a value begins is not the same as another one.
    @Test
    void whatIsKeyAndWhatIsValueIsTold() {
        assertThat(HashTree.hash(new byte[] {1, 2}, new byte[] {3}))
                .isNotEqualTo(HashTree.hash(new byte[] {1}, new byte[] {2, 3}));
    }

    @Test
    void aStateSaysItselfWhatItsRowsComeTo() {
        var row = row(1, "value");
        var key = row.key().toArray();
        var sum = HashTree.hash(key, row.value().toArray());
        var said = new Row(
                Bytes.of(HashTree.keyOfSum(HashTree.leaf(key))),
                Bytes.of(new Encoder()
                        .put((byte) 1)
                        .put(sum.high())
                        .put(sum.low())
                        .bytes()));

        var right = new HashTree.Builder();
        right.add(row);
        right.add(said);
        assertThat(right.isAsSaid()).isTrue();
        assertThat(right.build()).as("sums are no rows").isEqualTo(tree(List.of(row)));

        var wrong = new HashTree.Builder();
        wrong.add(row(1, "another"));
        wrong.add(said);
        assertThat(wrong.isAsSaid()).isFalse();
        var silent = new HashTree.Builder();
        silent.add(row);
        assertThat(silent.isAsSaid()).isFalse();
    }

    @Test
    void aSumThatCannotBeReadIsNone() {
        var builder = new HashTree.Builder();
        builder.add(new Row(Bytes.of(HashTree.keyOfSum(7)), bytes("short")));
        assertThat(builder.isAsSaid()).isFalse();
    }
}
