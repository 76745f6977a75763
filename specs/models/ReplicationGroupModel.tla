---- MODULE ReplicationGroupModel ----
\* ReplicationGroup with bounds: every action once more, as often as a model allows it, and in the order that a reduction
\* leaves. An action here does what the action of that name does there and nothing else.
\*
\* Run by ReplicationGroup.*.cfg.
EXTENDS Naturals, Sequences, FiniteSets

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Replicas, Key, Value, Session, Nonce, FirstSessions,    \* As in ReplicationGroup.
    Standing,       \* Who may stand for leader, and in which round: ballots.
    Entries,        \* What clients may ask for.
    Slots,          \* How many slots a leader proposes in, at most.
    PowerOffs,      \* How often a replica loses its power, at most.
    Leases,         \* Whether there are leases. Where there are none, HoldsLease has to be replaced by Leads.
    Leavings,       \* How often a leader hands over or falls silent, at most.
    Reads           \* Whether clients read. Where they do not, FreshReadsInv says of each state that they might.

\* Values for them.
ThreeReplicas == <<"a", "b", "c">>
OneReplica == <<"a">>
FiveReplicas == <<"a", "b", "c", "d", "e">>
AThenB == {[round |-> 1, replica |-> "a"], [round |-> 2, replica |-> "b"]}
Put == [kind |-> "write", session |-> 101, number |-> 1, request |-> [kind |-> "put", key |-> "k", value |-> "x"]]
Get == [kind |-> "write", session |-> 102, number |-> 1, request |-> [kind |-> "get", key |-> "k"]]
Begin == [kind |-> "begin", nonce |-> "n"]
End == [kind |-> "end", session |-> 1]
PutInSession == [Put EXCEPT !.session = 1]
ConditionalPutInSession ==
    [PutInSession EXCEPT !.number = 2,
        !.request = [kind |-> "conditional-put", key |-> "k", expected |-> <<"x">>, value |-> "y"]]
OneSession == {Begin, PutInSession, ConditionalPutInSession, End}
OneRetry ==
    {Begin, [ConditionalPutInSession EXCEPT !.number = 1, !.request = [@ EXCEPT !.expected = <<>>]], ConditionalPutInSession}
FourBallots ==
    {[round |-> 1, replica |-> "a"], [round |-> 2, replica |-> "b"], [round |-> 3, replica |-> "c"], [round |-> 4, replica |-> "a"]}
PutsOf(session) == {[Put EXCEPT !.session = session, !.number = n] : n \in 1 .. 3}
SixWrites == PutsOf(101) \cup {[Get EXCEPT !.number = n] : n \in 1 .. 3}
AThenBThenC == AThenB \cup {[round |-> 3, replica |-> "c"]}
PutAgain == [Put EXCEPT !.number = 2]
OnePut == {Put}
PutAndGet == {Put, Get}
PutGetAndPut == {Put, Get, PutAgain}

--------------------------------------------------------------------------------
\* Variables

VARIABLES                                                                   \* As there.
    log, synced, role, adopted, next, counted, heir, lease, sittingOut, known, store, results, messages, asked, replies, reads

Group == INSTANCE ReplicationGroup

VARIABLE powerOffs      \* How often a replica lost its power.
VARIABLE lost           \* Whether one of them lost a record.
VARIABLE leavings       \* How often a leader handed over or fell silent.

modelVars == <<powerOffs, lost, leavings>>

vars == <<log, synced, role, adopted, next, counted, heir, lease, sittingOut, known, store, results, messages, asked,
          replies, reads, powerOffs, lost, leavings>>

NothingHappened ==
    /\ powerOffs = 0
    /\ lost = FALSE
    /\ leavings = 0

Init == Group!Init /\ NothingHappened

\* What every model begins with.
InitOfAll(entries) ==
    /\ adopted = [r \in Group!Replica |-> <<>>]
    /\ next = [r \in Group!Replica |-> 1]
    /\ counted = [r \in Group!Replica |-> {}]
    /\ heir = [r \in Group!Replica |-> Group!NoBallot]
    /\ lease = [r \in Group!Replica |-> Group!NoBallot]
    /\ sittingOut = {}
    /\ known = [r \in Group!Replica |-> 0]
    /\ store = [r \in Group!Replica |-> Group!Machine!Init(FirstSessions)]
    /\ results = [r \in Group!Replica |-> <<>>]
    /\ asked = entries
    /\ replies = {}
    /\ reads = {}
    /\ NothingHappened

PrepareOf(ballot) == [kind |-> "prepare", ballot |-> ballot, released |-> Group!NoBallot]

\* The same, but replica a leads at ballot 1.a and every replica has promised it, and clients have asked for these.
Elected(entries) ==
    LET ballot == [round |-> 1, replica |-> "a"]
    IN  /\ log = [r \in Group!Replica |-> <<[kind |-> "promise", ballot |-> ballot]>>]
        /\ synced = [r \in Group!Replica |-> 1]
        /\ role = [r \in Group!Replica |-> IF r = "a" THEN "leader" ELSE "follower"]
        /\ messages = {PrepareOf(ballot)}
            \cup {[kind |-> "promised", from |-> r, ballot |-> ballot, accepted |-> <<>>] : r \in Group!Replica}
        /\ InitOfAll(entries)

\* How most behaviours begin: clients have asked for everything.
ElectedInit == Elected(Entries)
UnaskedInit == Elected({})

\* The same, but replica a stood at ballot 1.a and waits for promises, while b has them already, from itself and c, for
\* ballot 2.b, and leads.
RivalsInit ==
    LET first == [round |-> 1, replica |-> "a"]
        second == [round |-> 2, replica |-> "b"]
        own(r) == IF r = "a" THEN first ELSE second
    IN  /\ log = [r \in Group!Replica |-> <<[kind |-> "promise", ballot |-> own(r)]>>]
        /\ synced = [r \in Group!Replica |-> 1]
        /\ role = [r \in Group!Replica |-> IF r = "a" THEN "candidate" ELSE IF r = "b" THEN "leader" ELSE "follower"]
        /\ messages = {PrepareOf(own(r)) : r \in {"a", "b"}}
            \cup {[kind |-> "promised", from |-> r, ballot |-> own(r), accepted |-> <<>>] : r \in Group!Replica}
        /\ InitOfAll(Entries)

--------------------------------------------------------------------------------
\* The reduction. Some actions may as well happen as soon as they can, one replica after another:
\*
\* - To send early takes nothing from anybody. Messages are never taken back, and who is not to receive one need not.
\*   To send again changes nothing, and is not done here.
\* - A replica that is off does what one does that is on and rests.
\* - In a model without leases nobody has anything to sit out after a restart.
\* - To apply, to acknowledge and to count a grant early only makes more that must hold.
\* - A sync matters by what a power-off would take; after the last power-off, by nothing. And one that covers only a part
\*   of what was written leads where it would lead if it had come before the rest was written.
\*
\* So each state that breaks an invariant is reached itself, or one is that has more messages and replies and breaks it too.

SyncsAtOnce == powerOffs = PowerOffs

IsNews == messages' # messages
IsAnswer == replies' # replies

AtOnce(r) ==
    \/ Group!Prepare(r) /\ IsNews
    \/ Group!Promised(r) /\ IsNews
    \/ \E record \in Group!Range(log[r]) : Group!Accepted(r, record) /\ IsNews
    \/ Group!Apply(r)
    \/ \E slot \in DOMAIN results[r] : Group!Acknowledge(r, slot) /\ IsAnswer
    \/ Leases /\ Group!AskLease(r) /\ IsNews
    \/ Leases /\ \E m \in messages : Group!Hold(r, m) /\ m.from \notin counted[r]
    \/ Group!Restart(r)
    \/ ~ Leases /\ Group!RunOut(r)
    \/ SyncsAtOnce /\ Group!Sync(r, Len(log[r]))

\* In a model without leases, whoever leads holds one.
Leads(r) == role[r] = "leader"
Holds(r) == Leads(r) /\ (Leases => counted[r] \in Group!Quorum)

\* Whether that is enabled: its guards once more, because TLC takes several times as long to find out by itself. DueInv
\* says that they are the same.
IsDue(r) ==
    LET ballot == Group!PromisedBallot(r)
        records == Group!SyncedLog(r)
        hasPromised == [kind |-> "promise", ballot |-> ballot] \in Group!Range(records)
        prepare == [kind |-> "prepare", ballot |-> ballot, released |-> heir[r]]
        isPrepared == \E m \in messages : m.kind = "prepare" /\ m.ballot = ballot
        promised == [kind |-> "promised", from |-> r, ballot |-> ballot, accepted |-> Group!Report(records)]
        slot == Len(results[r]) + 1
        told(n) == [entry |-> Group!EntryOf(r, n), slot |-> n, reply |-> results[r][n]]
    IN  IF role[r] = "off"
        THEN TRUE
        ELSE \/ hasPromised /\ role[r] = "candidate" /\ prepare \notin messages
             \/ hasPromised /\ isPrepared /\ promised \notin messages
             \/ \E i \in Group!AcceptsAmong(records) :
                    [kind |-> "accepted", from |-> r, ballot |-> records[i].ballot, slot |-> records[i].slot] \notin messages
             \/ slot <= known[r] /\ \E accept \in Group!Accepts(records, slot) : accept.entry = Group!EntryOf(r, slot)
             \/ Holds(r) /\ \E n \in DOMAIN results[r] : told(n) \notin replies
             \/ Leases /\ role[r] = "leader" /\ [kind |-> "ask-lease", ballot |-> ballot] \notin messages
             \/ Leases /\ role[r] = "leader" /\ \E m \in messages :
                    m.kind = "grant" /\ m.ballot = ballot /\ m.from \notin counted[r]
             \/ ~ Leases /\ r \in sittingOut
             \/ SyncsAtOnce /\ synced[r] < Len(log[r])

DueInv == \A r \in Group!Replica : IsDue(r) = ENABLED AtOnce(r)

Due == {r \in Group!Replica : IsDue(r)}

\* That a lease runs out takes from the holder what it counts, and matters when the grantor would do something else for
\* another ballot.
IsInTheWay(r) ==
    \E ballot \in {m.ballot : m \in {some \in messages : some.kind \in {"prepare", "accept", "ask-lease"}}}
                   \cup {standing \in Standing : standing.replica = r} :
        ballot # lease[r] /\ ~ Group!Below(ballot, Group!PromisedBallot(r))

NothingIsDue == Due = {} /\ UNCHANGED modelVars

IsItsTurn(r) == (\A other \in Due : Group!Rank(r) <= Group!Rank(other)) /\ UNCHANGED modelVars

--------------------------------------------------------------------------------
\* Actions. What the group says comes first, since it decides more cheaply than the reduction.

Ask(entry)              == Group!Ask(entry) /\ entry \notin asked /\ NothingIsDue
Stand(r, round)         == (\E released \in Group!Released : Group!Stand(r, round, released)) /\ NothingIsDue
Prepare(r)              == Group!Prepare(r) /\ IsNews /\ IsItsTurn(r)
Lead(r, quorum)         == Group!Lead(r, quorum) /\ NothingIsDue
Propose(r, entry)       == next[r] <= Slots /\ Group!Propose(r, entry) /\ NothingIsDue
Choose(r)               == Group!Choose(r) /\ NothingIsDue
Acknowledge(r, slot)    == Group!Acknowledge(r, slot) /\ IsAnswer /\ IsItsTurn(r)
Read(r, key)            == Reads /\ Group!Read(r, key) /\ reads' # reads /\ NothingIsDue
AskLease(r)             == Leases /\ Group!AskLease(r) /\ IsNews /\ IsItsTurn(r)
Hold(r, m)              == Leases /\ m.kind = "grant" /\ m.from \notin counted[r] /\ Group!Hold(r, m) /\ IsItsTurn(r)
Promise(r, m)           == Group!Promise(r, m) /\ NothingIsDue
Promised(r)             == Group!Promised(r) /\ IsNews /\ IsItsTurn(r)
Accept(r, m)            == Group!Accept(r, m) /\ NothingIsDue
Accepted(r, record)     == Group!Accepted(r, record) /\ IsNews /\ IsItsTurn(r)
Learn(r, m)             == Group!Learn(r, m) /\ NothingIsDue
Apply(r)                == Group!Apply(r) /\ IsItsTurn(r)
Grant(r, m)             == Leases /\ Group!Grant(r, m) /\ (IsNews \/ lease' # lease) /\ NothingIsDue
RunOut(r)               == Group!RunOut(r) /\ IF Leases THEN IsInTheWay(r) /\ NothingIsDue ELSE IsItsTurn(r)
ReadEventually(r, key)  == Reads /\ Group!ReadEventually(r, key, 0) /\ reads' # reads /\ NothingIsDue
Sync(r)                 == Group!Sync(r, Len(log[r])) /\ IF SyncsAtOnce THEN IsItsTurn(r) ELSE NothingIsDue
Restart(r)              == Group!Restart(r) /\ IsItsTurn(r)

Leaving(r) ==
    /\ leavings < Leavings
    /\ Due = {}
    /\ leavings' = leavings + 1
    /\ UNCHANGED <<powerOffs, lost>>

HandOver(r, successor)  == Group!HandOver(r, successor) /\ Leaving(r)
StepDown(r)             == Group!StepDown(r) /\ Leaving(r)

PowerOff(r, count) ==
    /\ powerOffs < PowerOffs
    /\ Group!PowerOff(r, count)
    /\ Due = {}
    /\ powerOffs' = powerOffs + 1
    /\ lost' = (lost \/ count < Len(log[r]))
    /\ UNCHANGED leavings

Next ==
    \/ \E entry \in Entries : Ask(entry)
    \/ \E ballot \in Standing : Stand(ballot.replica, ballot.round)
    \/ \E r \in Group!Replica :
        \/ Prepare(r)
        \/ \E quorum \in Group!Quorum : Lead(r, quorum)
        \/ \E entry \in asked : Propose(r, entry)
        \/ Choose(r)
        \/ \E slot \in DOMAIN results[r] : Acknowledge(r, slot)
        \/ \E key \in Key : Read(r, key)
        \/ AskLease(r)
        \/ \E m \in messages : Hold(r, m)
        \/ \E successor \in Group!Replica : HandOver(r, successor)
        \/ StepDown(r)
        \/ \E m \in messages : Promise(r, m)
        \/ Promised(r)
        \/ \E m \in messages : Accept(r, m)
        \/ \E record \in Group!Range(log[r]) : Accepted(r, record)
        \/ \E m \in messages : Learn(r, m)
        \/ Apply(r)
        \/ \E key \in Key : ReadEventually(r, key)
        \/ \E m \in messages : Grant(r, m)
        \/ RunOut(r)
        \/ Sync(r)
        \/ \E count \in 0 .. Len(log[r]) : PowerOff(r, count)
        \/ Restart(r)

\* Nothing stands still as long as anything can happen. Without leases, and with bounds on everything else, no behaviour
\* comes back to where it was; so this is all that is needed.
FairSpec == ElectedInit /\ [][Next]_vars /\ WF_vars(Next)

--------------------------------------------------------------------------------
\* What must hold: all of it is said in ReplicationGroup.

TypeOK == Group!TypeOK
AgreementInv == Group!AgreementInv
ValidityInv == Group!ValidityInv
OneValuePerBallotInv == Group!OneValuePerBallotInv
SyncedBeforeSentInv == Group!SyncedBeforeSentInv
DurableBeforeAcknowledgedInv == Group!DurableBeforeAcknowledgedInv
KnownIsChosenInv == Group!KnownIsChosenInv
AppliedIsSyncedInv == Group!AppliedIsSyncedInv
OneHolderInv == Group!OneHolderInv
FreshReadsInv == Group!FreshReadsInv
EventualPrefixInv == Group!EventualPrefixInv
RefinementProp == Group!RefinementProp

\* What a client asks for is done, whoever stands for leader meanwhile. That there is a leader in the end which gets a
\* lease is Election's business.
EveryWriteIsAnsweredProp == \A write \in Entries : <>(\E told \in replies : told.entry = write)

--------------------------------------------------------------------------------
\* Expected to fail: each shows that the model gets to something worth checking.

LedAt(round) == \E m \in messages : m.kind = "accept" /\ m.ballot.round = round
ChosenAt(round) == \E m \in messages : m.kind = "chosen" /\ m.ballot.round = round

\* "The second leader never proposes again what the first one proposed."
ReachAdoptedInv == \A r \in Group!Replica : role[r] = "leader" /\ Group!PromisedBallot(r).round = 2 => adopted[r] = <<>>

\* "No leader but the first ever holds a lease."
ReachSecondHolderInv ==
    \A r \in Group!Replica : Group!HoldsLease(r) => Group!PromisedBallot(r).round = 1

\* "Whom a leader hands over to leads no sooner than anybody else: when its lease has run out."
ReachHandedOverInv == \A r \in Group!Replica : Group!HoldsLease(r) => heir[r] = Group!NoBallot

\* "No lease is in the way of another leader."
ReachInTheWayInv ==
    \A m \in messages : m.kind = "prepare" => \A r \in Group!Replica :
        Group!Below(Group!PromisedBallot(r), m.ballot) => Group!MayPromise(r, m.released)

\* "Nothing is asked for a second time after it was done."
ReachAgainInv == \A one, other \in replies : one.entry = other.entry => one = other

\* "No write comes after the end of its session."
ReachNoSessionInv == \A told \in replies : told.reply.outcome # "no-session"

\* "Nobody reads what was put."
ReachReadInv == \A read \in reads : read.slot = 0

\* "What one leader chose, no other chooses once more."
ReachChosenTwiceInv == ~ (ChosenAt(1) /\ ChosenAt(2))

\* "No write is acknowledged by the second leader."
ReachSecondAcknowledgesInv ==
    \A r \in Group!Replica :
        role[r] = "leader" /\ Group!PromisedBallot(r).round = 2 => \A told \in replies : told.slot <= Len(adopted[r])

\* "No get finds what was put."
ReachFoundInv == \A told \in replies : "held" \in DOMAIN told.reply => told.reply.held = <<>>

\* "No power-off takes a record, or only one leader ever gets to propose."
ReachLostInv == ~ (lost /\ LedAt(1) /\ LedAt(2))

================================================================================
