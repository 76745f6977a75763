package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.log.RecordForm.Logged;
import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.Message;
import dev.scrubjay.message.Operation;
import dev.scrubjay.protocol.GroupStatus;
import dev.scrubjay.protocol.ReplicaView;
import dev.scrubjay.protocol.Role;
import dev.scrubjay.protocol.Sessions;
import dev.scrubjay.value.Ballot;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.LogRecord;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A check that has never failed is not a check: each invariant is shown what it must not let pass, and
/// beside it what looks like that and is fine.
final class InvariantsTest {
    private static final long GROUP = 1;
    private static final List<ReplicaId> VOTERS =
            Stream.of("a", "b", "c").map(node -> new ReplicaId(node, 1)).toList();
    private static final Entry BLUE = write(1, "blue");
    private static final Entry RED = write(2, "red");
    private static final Ballot NONE = ballot(0, "a");
    private static final Ballot ONE = ballot(1, "a");
    private static final Ballot TWO = ballot(2, "b");
    private static final long LEASE_END = 100;

    private final Disks disks = new Disks(VOTERS, true);
    private final Map<String, Integer> written = new HashMap<>();

    private static Entry write(long number, String value) {
        return new Entry.Write(1, number, new Request.Put("colour", value));
    }

    private static Ballot ballot(long round, String node) {
        return new Ballot(round, new ReplicaId(node, 1));
    }

    /// The specification's list is the list.
    static Stream<String> invariantsOfTheSpecification() throws IOException {
        var spec = Path.of(System.getProperty("scrubjay.home"), "specs", "ReplicationGroup.tla");
        return Pattern.compile("(?m)^(\\w+Inv) ==")
                .matcher(Files.readString(spec))
                .results()
                .map(found -> found.group(1));
    }

    @Test
    void theSpecificationHasInvariants() throws IOException {
        assertThat(invariantsOfTheSpecification())
                .hasSizeGreaterThanOrEqualTo(7)
                .contains("AgreementInv");
    }

    @ParameterizedTest
    @MethodSource("invariantsOfTheSpecification")
    void eachInvariantOfTheSpecificationIsWatched(String name) throws ReflectiveOperationException {
        assertThat(Class.forName("dev.scrubjay.simulation." + name)).isAssignableTo(Invariant.class);
    }

    // ---------------------------------------------------------------- what happens

    private InvariantsTest watch(Function<Disks, Invariant> invariant) {
        disks.watchedBy(List.of(invariant.apply(disks)));
        return this;
    }

    private InvariantsTest wrote(String node, LogRecord record) {
        disks.wrote(node, List.of(new Logged(GROUP, record)));
        written.merge(node, 1, Integer::sum);
        return this;
    }

    private InvariantsTest synced(String... nodes) {
        for (var node : nodes) {
            disks.sync(node, written.getOrDefault(node, 0));
        }
        return this;
    }

    private InvariantsTest accepted(Ballot ballot, long slot, Entry entry, String... nodes) {
        for (var node : nodes) {
            wrote(node, new LogRecord.Accept(ballot, 1, slot, entry)).synced(node);
        }
        return this;
    }

    private static Frame between(String from, Message message) {
        return new Frame.Between(GROUP, 1, new ReplicaId(from, 1), new ReplicaId("c", 1), message);
    }

    private static Frame asked(Entry entry) {
        return asked(7, operation(entry));
    }

    private static Operation operation(Entry entry) {
        return switch (entry) {
            case Entry.Reconfigure _, Entry.NoOp _, Entry.ScrubMark _ ->
                throw new IllegalArgumentException("no client asks for " + entry);
            case Entry.Begin(var nonce) -> new Operation.Begin(nonce);
            case Entry.End(var session) -> new Operation.End(session);
            case Entry.Write(var session, var number, var request) -> new Operation.Write(session, number, request);
        };
    }

    private static Frame asked(long id, Operation operation) {
        return new Frame.Asked(GROUP, 1, "client-1", new ClientRequest(id, "t", 0, operation));
    }

    private static Frame told(ClientReply reply) {
        return told(7, reply);
    }

    private static Frame told(long id, ClientReply reply) {
        return new Frame.Told(GROUP, 1, "client-1", id, reply);
    }

    private static Frame found(long id, String value, long slot) {
        return told(id, new ClientReply.Answered(new Reply.Found(MaybeValue.of(value)), slot));
    }

    /// Slot 1 begins a session, 2 writes blue, 3 red.
    private void chooseBlueAndRed() {
        accepted(ONE, 1, new Entry.Begin("n"), "a", "b")
                .accepted(ONE, 2, BLUE, "a", "b")
                .accepted(ONE, 3, RED, "a", "b");
    }

    /// A replica as it looks from outside.
    private record View(Role role, Ballot promisedBallot, long known, long applied, List<Entry> entries)
            implements ReplicaView {
        @Override
        public Members members() {
            return Members.first(VOTERS);
        }

        @Override
        public Optional<Entry> entryOf(long slot) {
            return Optional.of(entries.get((int) slot - 1));
        }

        @Override
        public boolean holdsLease(long now) {
            return role == Role.LEADER && now < LEASE_END;
        }

        @Override
        public Optional<GroupStatus> status(long now) {
            return Optional.empty();
        }

        @Override
        public SortedMap<String, String> state() {
            return new TreeMap<>();
        }

        @Override
        public SortedMap<Long, Sessions.Done> sessions() {
            return new TreeMap<>();
        }
    }

    static ReplicaView view(Role role) {
        return new View(role, ONE, 0, 0, List.of());
    }

    private static ReplicaView leader(Ballot ballot) {
        return new View(Role.LEADER, ballot, 0, 0, List.of());
    }

    static ReplicaView view(long known, long applied, Entry... entries) {
        return new View(Role.FOLLOWER, ONE, known, applied, List.of(entries));
    }

    static void assertBroken(String invariant, String text, ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOf(Invariant.Violation.class)
                .hasMessage(text)
                .extracting(violation -> ((Invariant.Violation) violation).invariant())
                .isEqualTo(invariant);
    }

    // ---------------------------------------------------------------- what must not be

    @Test
    void twoEntriesChosenInOneSlotBreakAgreement() {
        watch(AgreementInv::new).accepted(ONE, 1, BLUE, "a", "b").accepted(TWO, 1, BLUE, "b", "c");
        accepted(ballot(3, "c"), 1, RED, "b");

        assertBroken(
                "AgreementInv",
                "slot 1 of group 1 is chosen twice: " + BLUE + " and " + RED,
                () -> accepted(ballot(3, "c"), 1, RED, "c"));
    }

    /// One of each ballot is no quorum of either.
    @Test
    void acceptsOfDifferentBallotsChooseNothing() {
        watch(AgreementInv::new)
                .accepted(ONE, 1, BLUE, "a")
                .accepted(TWO, 1, BLUE, "b")
                .wrote("c", new LogRecord.Accept(ONE, 1, 1, BLUE));

        assertThat(disks.chosenLog(GROUP)).isEmpty();
        synced("c");
        assertThat(disks.chosenLog(GROUP)).containsExactly(BLUE);
    }

    /// A slot is chosen once every earlier one is; what was wrong with it before counts from then on.
    @Test
    void twoEntriesInALaterSlotBreakAgreementOnceItIsChosen() {
        watch(AgreementInv::new).accepted(ONE, 2, BLUE, "a", "b").accepted(TWO, 2, RED, "b", "c");
        assertThat(disks.chosenLog(GROUP)).isEmpty();

        assertBroken(
                "AgreementInv",
                "slot 2 of group 1 is chosen twice: " + BLUE + " and " + RED,
                () -> accepted(ONE, 1, BLUE, "a", "b"));
    }

    @Test
    void twoEntriesOfOneBallotBreakOneValuePerBallot() {
        watch(_ -> new OneValuePerBallotInv()).wrote("a", new LogRecord.Accept(ONE, 1, 1, BLUE));
        wrote("b", new LogRecord.Accept(ONE, 1, 1, BLUE)).wrote("b", new LogRecord.Accept(TWO, 1, 1, RED));
        wrote("b", new LogRecord.Accept(ONE, 1, 2, RED));

        assertBroken(
                "OneValuePerBallotInv",
                "slot 1 of group 1 has two entries at ballot 1.a.1: " + BLUE + ", and on c " + RED,
                () -> wrote("c", new LogRecord.Accept(ONE, 1, 1, RED)));
    }

    @Test
    void anEntryThatNobodyAskedForBreaksValidity() {
        var invariant = new ValidityInv();
        watch(_ -> invariant);
        invariant.sent("client-1", asked(BLUE));
        wrote("a", new LogRecord.Accept(ONE, 1, 1, BLUE));

        assertBroken(
                "ValidityInv",
                "b wrote " + RED + " into slot 1 of group 1, and no client asked for it",
                () -> wrote("b", new LogRecord.Accept(ONE, 1, 1, RED)));
    }

    /// Each may be sent only after the sync of what it says, by that very node.
    static Stream<Message> claims() {
        return Stream.of(
                new Message.Prepare(ONE, NONE),
                new Message.Promised(ONE, 0, List.of()),
                new Message.Accepted(ONE, 1),
                new Message.Granted(ONE, 5, 7));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void whatIsSaidBeforeItsSyncBreaksSyncedBeforeSent(Message claim) {
        var invariant = new SyncedBeforeSentInv(disks);
        var frame = between("a", claim);
        var text = "a sent " + claim + " for group 1 and has not synced it";
        for (var node : List.of("a", "b")) {
            wrote(node, new LogRecord.Promise(ONE)).wrote(node, new LogRecord.Accept(ONE, 1, 1, BLUE));
        }
        synced("b");
        assertBroken("SyncedBeforeSentInv", text, () -> invariant.sent("a", frame));

        synced("a");
        invariant.sent("a", frame);
    }

    /// A power-off takes back what was not synced, and with it the right to say so.
    @ParameterizedTest
    @MethodSource("claims")
    void whatAPowerOffTookMayNotBeSaid(Message claim) {
        var invariant = new SyncedBeforeSentInv(disks);
        wrote("a", new LogRecord.Promise(ONE)).wrote("a", new LogRecord.Accept(ONE, 1, 1, BLUE));
        disks.left("a", 0, List.of());

        assertThatThrownBy(() -> invariant.sent("a", between("a", claim))).isInstanceOf(Invariant.Violation.class);
    }

    @Test
    void whatClaimsNothingMayBeSaidAtAnyTime() {
        var invariant = new SyncedBeforeSentInv(disks);
        for (var message : List.of(
                new Message.Accept(ONE, 1, 1, BLUE),
                new Message.Heartbeat(ONE, NONE, 3, 0, true, 0, false),
                new Message.CatchUp(3, 1),
                new Message.Refused(TWO),
                new Message.Release(ONE),
                new Message.Question(ONE),
                new Message.Answer(ONE, true, 3))) {
            invariant.sent("a", between("a", message));
        }
    }

    @Test
    void anAnswerThatNoQuorumHasSyncedBreaksDurableBeforeAcknowledged() {
        var invariant = new DurableBeforeAcknowledgedInv(disks);
        invariant.sent("client-1", asked(BLUE));
        invariant.sent("a", told(new ClientReply.Throttled(1)));
        accepted(ONE, 1, BLUE, "a").wrote("b", new LogRecord.Accept(ONE, 1, 1, BLUE));
        var answer = told(new ClientReply.Answered(Reply.DONE, 1));
        assertThatThrownBy(() -> invariant.sent("a", answer))
                .isInstanceOf(Invariant.Violation.class)
                .hasMessage("a answered request 7 of client-1 in group 1, and no quorum has synced it in slot 1: "
                        + operation(BLUE));

        synced("b");
        invariant.sent("a", answer);
    }

    @Test
    void anAnswerThatNamesAnotherSlotBreaksDurableBeforeAcknowledged() {
        var invariant = new DurableBeforeAcknowledgedInv(disks);
        invariant.sent("client-1", asked(RED));
        accepted(ONE, 1, BLUE, "a", "b").accepted(ONE, 2, RED, "a", "b");
        invariant.sent("a", told(new ClientReply.Answered(Reply.DONE, 2)));

        assertThatThrownBy(() -> invariant.sent("a", told(new ClientReply.Answered(Reply.DONE, 1))))
                .isInstanceOf(Invariant.Violation.class);
    }

    @Test
    void anAnswerToWhatNobodyAskedBreaksDurableBeforeAcknowledged() {
        var invariant = new DurableBeforeAcknowledgedInv(disks);
        accepted(ONE, 1, BLUE, "a", "b");

        assertBroken(
                "DurableBeforeAcknowledgedInv",
                "a answered request 7 of client-1 in group 1, which was never asked",
                () -> invariant.sent("a", told(new ClientReply.Answered(Reply.DONE, 1))));
    }

    @Test
    void whoIsToldThatItsSessionIsOverIsToldOfNothingThatWasDone() {
        var invariant = new DurableBeforeAcknowledgedInv(disks);
        invariant.sent("client-1", asked(BLUE));

        invariant.sent("a", told(new ClientReply.Answered(Reply.NO_SESSION, 1)));
        invariant.sent("a", told(new ClientReply.Answered(Reply.STALE, 1)));
    }

    // ---------------------------------------------------------------- leases and reads

    @Test
    void twoThatHoldALeaseAtATimeBreakOneHolder() {
        var invariant = new OneHolderInv();
        invariant.poweredOn("a", GROUP, leader(ONE), () -> LEASE_END - 1);
        invariant.poweredOn("c", GROUP, view(0, 0), () -> 0);
        invariant.poweredOn("a", 2, leader(ONE), () -> 0);
        invariant.stepped("a", GROUP, leader(ONE));
        invariant.poweredOn("b", GROUP, leader(TWO), () -> 0);

        assertBroken(
                "OneHolderInv",
                "b and a hold the lease of group 1, at ballots 2.b.1 and 1.a.1",
                () -> invariant.stepped("b", GROUP, leader(TWO)));
    }

    /// Each by its own clock: that of a says that its lease is over.
    @Test
    void whoseClockSaysThatTheLeaseIsOverHoldsNone() {
        var invariant = new OneHolderInv();
        invariant.poweredOn("a", GROUP, leader(ONE), () -> LEASE_END);
        invariant.poweredOn("b", GROUP, leader(TWO), () -> 0);

        invariant.stepped("a", GROUP, leader(ONE));
        invariant.stepped("b", GROUP, leader(TWO));
    }

    @Test
    void whoIsOffHoldsNoLease() {
        var invariant = new OneHolderInv();
        invariant.poweredOn("a", GROUP, leader(ONE), () -> 0);
        invariant.poweredOn("b", GROUP, leader(TWO), () -> 0);
        invariant.poweredOff("a");

        invariant.stepped("b", GROUP, leader(TWO));
    }

    @Test
    void aReadThatKnowsLessThanItsClientCouldKnowBreaksFreshReads() {
        var invariant = new FreshReadsInv(new ChosenStates(disks));
        chooseBlueAndRed();
        invariant.sent("client-1", asked(BLUE));
        invariant.sent("client-1", asked(8, new Operation.Read("colour")));
        invariant.sent("a", told(new ClientReply.Answered(Reply.DONE, 3)));
        invariant.sent("client-1", asked(9, new Operation.Read("colour")));
        invariant.sent("b", found(8, "blue", 2)); // Asked before anybody knew of slot 3.

        assertBroken(
                "FreshReadsInv",
                "b answered request 9 of client-1 in group 1 from 2 slots; when that was asked, a client had been told "
                        + "of 3",
                () -> invariant.sent("b", found(9, "blue", 2)));
        invariant.sent("b", found(9, "red", 3));
    }

    /// A read tells of slots too, and one that is sent again was asked when it was sent first.
    @Test
    void aReadThatKnowsLessThanAReadBeforeItBreaksFreshReads() {
        var invariant = new FreshReadsInv(new ChosenStates(disks));
        chooseBlueAndRed();
        invariant.sent("client-1", asked(7, new Operation.EventualRead("colour", 0)));
        invariant.sent("client-1", asked(8, new Operation.Read("colour")));
        invariant.sent("client-1", asked(9, new Operation.Read("colour")));
        invariant.sent("a", found(7, "red", 3));
        invariant.sent("client-1", asked(10, new Operation.Read("colour")));
        invariant.sent("a", found(8, "red", 3));
        invariant.sent("client-1", asked(9, new Operation.Read("colour")));
        invariant.sent("client-1", asked(11, new Operation.Read("colour")));

        invariant.sent("b", found(9, "blue", 2));
        invariant.sent("b", found(10, "blue", 2));
        assertThatThrownBy(() -> invariant.sent("b", found(11, "blue", 2))).isInstanceOf(Invariant.Violation.class);
    }

    /// These replicas have no key and no session, whatever they say that they applied.
    @Test
    void aStateThatMissesWhatItsSlotsCameToBreaksStateFollowsLog() {
        var invariant = new StateFollowsLogInv(new ChosenStates(disks), new Wrongs(new Timeline(), new Exercised()));
        chooseBlueAndRed();
        invariant.stepped("a", GROUP, new View(Role.FOLLOWER, ONE, 3, 0, List.of()));
        var applied = new View(Role.FOLLOWER, ONE, 3, 3, List.of());

        assertBroken(
                "StateFollowsLogInv",
                "b has another state of group 1 than the first 3 slots come to: {} and {}",
                () -> invariant.stepped("b", GROUP, applied));
        invariant.stepped("a", GROUP, applied); // Looked at a moment ago.
        invariant.poweredOff("a");
        assertThatThrownBy(() -> invariant.stepped("a", GROUP, applied)).isInstanceOf(Invariant.Violation.class);
    }

    static Stream<Operation> readsFromSlotTwo() {
        return Stream.of(new Operation.Read("colour"), new Operation.EventualRead("colour", 2));
    }

    /// Both kinds of reads are held to what the chosen log comes to.
    @ParameterizedTest
    @MethodSource("readsFromSlotTwo")
    void aReadThatFindsWhatNeverWasBreaksItsInvariant(Operation read) {
        var states = new ChosenStates(disks);
        var name = read instanceof Operation.Read ? "FreshReadsInv" : "EventualPrefixInv";
        var invariant = read instanceof Operation.Read ? new FreshReadsInv(states) : new EventualPrefixInv(states);
        chooseBlueAndRed();
        invariant.sent("client-1", asked(7, read));

        assertBroken(
                name,
                "a answered request 7 of client-1 in group 1 with " + new Reply.Found(MaybeValue.of("red"))
                        + " under colour; the chosen log comes to " + new Reply.Found(MaybeValue.of("blue"))
                        + " at slot 2",
                () -> invariant.sent("a", found(7, "red", 2)));
        assertBroken(
                name,
                "a answered request 7 of client-1 in group 1 from 4 slots, and only 3 are chosen",
                () -> invariant.sent("a", found(7, "red", 4)));
        invariant.sent("a", found(7, "red", 3));
        invariant.sent("a", found(7, "blue", 2)); // From before, when it is asked for.
    }

    @Test
    void anEventualReadOfLessThanWasAskedForBreaksEventualPrefix() {
        var invariant = new EventualPrefixInv(new ChosenStates(disks));
        chooseBlueAndRed();
        invariant.sent("client-1", asked(7, new Operation.EventualRead("colour", 3)));

        assertBroken(
                "EventualPrefixInv",
                "a answered request 7 of client-1 in group 1 from 2 slots, and 3 were asked for",
                () -> invariant.sent("a", found(7, "blue", 2)));
    }

    /// A write that stands in the log twice counts where it stands first.
    @Test
    void aWriteOfASessionCountsOnceInTheStatesToo() {
        var invariant = new EventualPrefixInv(new ChosenStates(disks));
        chooseBlueAndRed();
        accepted(ONE, 4, BLUE, "a", "b");
        invariant.sent("client-1", asked(7, new Operation.EventualRead("colour", 0)));

        invariant.sent("a", found(7, "red", 4));
        assertThatThrownBy(() -> invariant.sent("a", found(7, "blue", 4))).isInstanceOf(Invariant.Violation.class);
    }

    @Test
    void toKnowWhatIsNotChosenBreaksKnownIsChosen() {
        var invariant = new KnownIsChosenInv(disks);
        accepted(ONE, 1, BLUE, "a", "b").accepted(ONE, 2, RED, "a");
        invariant.stepped("a", GROUP, view(1, 0, BLUE, RED));

        assertBroken(
                "KnownIsChosenInv",
                "a knows slot 2 of group 1 chosen, and no quorum has synced it",
                () -> invariant.stepped("a", GROUP, view(2, 0, BLUE, RED)));
    }

    @Test
    void toHoldSomethingElseThanIsChosenBreaksKnownIsChosen() {
        var invariant = new KnownIsChosenInv(disks);
        accepted(ONE, 1, BLUE, "a", "b");

        assertBroken(
                "KnownIsChosenInv",
                "c knows slot 1 of group 1 chosen and holds " + RED + " there; chosen is " + BLUE,
                () -> invariant.stepped("c", GROUP, view(1, 0, RED)));
    }

    /// After a power-off a replica starts anew, and is looked at anew.
    @Test
    void whatAReplicaKnowsAfterAPowerOffIsLookedAtAgain() {
        var invariant = new KnownIsChosenInv(disks);
        accepted(ONE, 1, BLUE, "a", "b");
        invariant.stepped("a", GROUP, view(1, 0, BLUE));
        invariant.poweredOff("a");

        assertThatThrownBy(() -> invariant.stepped("a", GROUP, view(1, 0, RED)))
                .isInstanceOf(Invariant.Violation.class);
    }

    @Test
    void toTellWhatIsNotChosenBreaksToldIsChosen() {
        var invariant = new ToldIsChosenInv(disks);
        accepted(ONE, 1, BLUE, "a", "b").accepted(ONE, 2, RED, "a");
        invariant.sent("a", between("a", new Message.Chosen(ONE, 1, 1, BLUE)));

        assertBroken(
                "ToldIsChosenInv",
                "a tells that slot 2 of group 1 is chosen to be " + RED + ", which it is not",
                () -> invariant.sent("a", between("a", new Message.Chosen(ONE, 1, 2, RED))));
        assertBroken(
                "ToldIsChosenInv",
                "c tells that slot 1 of group 1 is chosen to be " + RED + ", which it is not",
                () -> invariant.sent("c", between("c", new Message.Chosen(ONE, 1, 1, RED))));
    }

    @Test
    void toApplyWhatIsNotSyncedHereBreaksAppliedIsSynced() {
        var invariant = new AppliedIsSyncedInv(disks);
        accepted(ONE, 1, BLUE, "a", "b").wrote("c", new LogRecord.Accept(ONE, 1, 1, BLUE));
        invariant.stepped("a", GROUP, view(1, 1, BLUE));

        assertBroken(
                "AppliedIsSyncedInv",
                "c applied slot 1 of group 1, which is not synced in its own log: " + BLUE,
                () -> invariant.stepped("c", GROUP, view(1, 1, BLUE)));
        synced("c");
        invariant.stepped("c", GROUP, view(1, 1, BLUE));
    }

    @Test
    void toApplySomethingElseThanIsSyncedBreaksAppliedIsSynced() {
        var invariant = new AppliedIsSyncedInv(disks);
        accepted(ONE, 1, BLUE, "a", "b");

        assertThatThrownBy(() -> invariant.stepped("a", GROUP, view(1, 1, RED)))
                .isInstanceOf(Invariant.Violation.class);
    }
}
