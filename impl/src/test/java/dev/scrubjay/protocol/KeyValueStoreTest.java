package dev.scrubjay.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyValueStoreTest {
    /// Each row: what is under the key (- is nothing), what is asked, the answer, and what is there then.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -    | get            | found -    | -
            blue | get            | found blue | blue
            -    | put red        | done       | red
            blue | put red        | done       | red
            blue | put blue       | done       | blue
            -    | delete         | done       | -
            blue | delete         | done       | -
            -    | put-if - red   | done       | red
            blue | put-if - red   | unmet blue | blue
            -    | put-if blue red| unmet -    | -
            blue | put-if blue red| done       | red
            red  | put-if blue red| unmet red  | red
            blue | put-if '' red  | unmet blue | blue
            """)
    void oneRequestDoesWhatTheSpecificationSays(String before, String asked, String answer, String after) {
        var store = new PlainStore();
        store.apply(new Request.Put("shape", "round"));
        held(before).ifPresent(value -> store.apply(new Request.Put("colour", value)));

        assertThat(store.apply(request(asked.split(" ")))).isEqualTo(reply(answer.split(" ")));
        assertThat(Optional.ofNullable(store.state().get("colour"))).isEqualTo(held(after));
        assertThat(store.state()).containsEntry("shape", "round");
    }

    private static Request request(String... words) {
        return switch (words[0]) {
            case "get" -> new Request.Get("colour");
            case "put" -> new Request.Put("colour", words[1]);
            case "delete" -> new Request.Delete("colour");
            default -> new Request.ConditionalPut("colour", maybe(words[1]), words[2]);
        };
    }

    private static Reply reply(String... words) {
        return switch (words[0]) {
            case "found" -> new Reply.Found(maybe(words[1]));
            case "unmet" -> new Reply.Unmet(maybe(words[1]));
            default -> Reply.DONE;
        };
    }

    private static Optional<String> held(String word) {
        return word.equals("-") ? Optional.empty() : Optional.of(word.replace("''", ""));
    }

    private static MaybeValue maybe(String word) {
        return held(word).map(MaybeValue::of).orElse(MaybeValue.ABSENT);
    }

    /// The model forgets nothing: what is under a key is what the last request that changed it left, and
    /// whether one did is read from its answer.
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void manyRequestsDoWhatThePlainestStoreDoes(@ForAll("requests") List<Request> requests) {
        var store = new PlainStore();
        var replies = requests.stream().map(store::apply).toList();

        for (int i = 0; i < requests.size(); i++) {
            var before =
                    heldAfter(requests.subList(0, i), replies, requests.get(i).key());
            assertThat(replies.get(i)).as("reply to %s", requests.get(i)).isEqualTo(expected(requests.get(i), before));
        }
        var keys = requests.stream().map(Request::key).distinct().sorted();
        assertThat(store.state().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList())
                .isEqualTo(
                        keys.flatMap(key -> heldAfter(requests, replies, key).map(value -> key + "=" + value).stream())
                                .toList());
    }

    private static Optional<String> heldAfter(List<Request> requests, List<Reply> replies, String key) {
        var held = Optional.<String>empty();
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i).key().equals(key) && replies.get(i).equals(Reply.DONE)) {
                held = switch (requests.get(i)) {
                    case Request.Get _ -> held;
                    case Request.Put(var _, var value) -> Optional.of(value);
                    case Request.Delete _ -> Optional.empty();
                    case Request.ConditionalPut(var _, var _, var value) -> Optional.of(value);
                };
            }
        }
        return held;
    }

    private static Reply expected(Request request, Optional<String> held) {
        var there = held.map(MaybeValue::of).orElse(MaybeValue.ABSENT);
        return switch (request) {
            case Request.Get _ -> new Reply.Found(there);
            case Request.Put _, Request.Delete _ -> Reply.DONE;
            case Request.ConditionalPut(var _, var expected, var _) ->
                expected.equals(there) ? Reply.DONE : new Reply.Unmet(there);
        };
    }

    @Provide
    Arbitrary<List<Request>> requests() {
        var keys = Arbitraries.of("a", "b", "I", "\u0131");
        var values = Arbitraries.of("", "x", "y");
        var maybes = Arbitraries.of("", "x", "y", "-")
                .map(word -> word.equals("-") ? MaybeValue.ABSENT : MaybeValue.of(word));
        return Arbitraries.<Request>oneOf(
                        keys.map(Request.Get::new),
                        Combinators.combine(keys, values).as(Request.Put::new),
                        keys.map(Request.Delete::new),
                        Combinators.combine(keys, maybes, values).as(Request.ConditionalPut::new))
                .list()
                .ofMaxSize(40);
    }
}
