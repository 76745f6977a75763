package dev.scrubjay.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class MembersTest {
    private static ReplicaId replica(int number) {
        return new ReplicaId("n" + number, 1);
    }

    private static Members of(Set<Integer> numbers) {
        return Members.first(numbers.stream().map(MembersTest::replica).toList());
    }

    @Test
    void onlyTheEntryThatEndsTheGenerationBeginsAnother() {
        var first = of(Set.of(1, 2, 3));
        var swap = first.replacedBy(List.of(replica(1), replica(2), replica(4)));
        var second = first.after(swap);

        assertThat(second.generation()).isEqualTo(2);
        assertThat(second.voters()).containsExactly(replica(1), replica(2), replica(4));
        assertThat(second.after(swap)).as("ended already").isEqualTo(second);
        assertThat(first.after(Entry.NO_OP)).isEqualTo(first);
    }

    /// This is what a quorum is for.
    @Property
    void twoQuorumsOfAGenerationMeet(
            @ForAll @Size(min = 1, max = 7) Set<@IntRange(min = 1, max = 9) Integer> voters,
            @ForAll Set<@IntRange(min = 1, max = 9) Integer> one,
            @ForAll Set<@IntRange(min = 1, max = 9) Integer> other) {
        var members = of(voters);
        var both = new TreeSet<>(one);
        both.retainAll(other);
        both.retainAll(voters);
        if (members.isQuorum(of(one).voters()) && members.isQuorum(of(other).voters())) {
            assertThat(both).isNotEmpty();
        }
        assertThat(members.isQuorum(members.voters())).isTrue();
        assertThat(members.isQuorum(List.of())).isFalse();
    }

    @Test
    void whoDoesNotVoteIsNotCounted() {
        var members = of(Set.of(1, 2, 3));

        assertThat(members.isQuorum(List.of(replica(1), replica(4), replica(5))))
                .isFalse();
        assertThat(members.isQuorum(List.of(replica(1), replica(2)))).isTrue();
        assertThat(members.isQuorum(List.of(replica(1), new ReplicaId("n2", 2))))
                .as("another incarnation")
                .isFalse();
    }
}
