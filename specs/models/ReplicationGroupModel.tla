---- MODULE ReplicationGroupModel ----
\* ReplicationGroup with bounds: every action once more, as often as a model allows it, and in the order that a reduction
\* leaves. An action here does what the action of that name does there and nothing else.
\*
\* Run by ReplicationGroup.*.cfg.
EXTENDS Naturals, Sequences, FiniteSets

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Replicas, Key, Value, Session,      \* As in ReplicationGroup.
    Standing,       \* Who may stand for leader, and in which round: ballots.
    Entries,        \* What clients may ask for.
    Slots,          \* How many slots a leader proposes in, at most.
    PowerOffs       \* How often a replica loses its power, at most.

\* Values for them.
ThreeReplicas == <<"a", "b", "c">>
AThenB == {[round |-> 1, replica |-> "a"], [round |-> 2, replica |-> "b"]}
Put == [kind |-> "write", session |-> 1, number |-> 1, request |-> [kind |-> "put", key |-> "k", value |-> "x"]]
Get == [kind |-> "write", session |-> 2, number |-> 1, request |-> [kind |-> "get", key |-> "k"]]
AThenBThenC == AThenB \cup {[round |-> 3, replica |-> "c"]}
PutAgain == [Put EXCEPT !.number = 2]
OnePut == {Put}
PutAndGet == {Put, Get}
PutGetAndPut == {Put, Get, PutAgain}

--------------------------------------------------------------------------------
\* Variables

VARIABLES log, synced, role, adopted, next, known, store, results, messages, asked, taken, replies \* As there.

Group == INSTANCE ReplicationGroup

VARIABLE powerOffs      \* How often a replica lost its power.
VARIABLE lost           \* Whether one of them lost a record.

modelVars == <<powerOffs, lost>>

vars == <<log, synced, role, adopted, next, known, store, results, messages, asked, taken, replies, powerOffs, lost>>

Init ==
    /\ Group!Init
    /\ powerOffs = 0
    /\ lost = FALSE

\* The same, but clients have asked for everything already, and replica a leads at ballot 1.a: how most behaviours begin.
ElectedInit ==
    LET ballot == [round |-> 1, replica |-> "a"]
    IN  /\ log = [r \in Group!Replica |-> <<[kind |-> "promise", ballot |-> ballot]>>]
        /\ synced = [r \in Group!Replica |-> 1]
        /\ role = [r \in Group!Replica |-> IF r = "a" THEN "leader" ELSE "follower"]
        /\ adopted = [r \in Group!Replica |-> <<>>]
        /\ next = [r \in Group!Replica |-> 1]
        /\ known = [r \in Group!Replica |-> 0]
        /\ store = [r \in Group!Replica |-> Group!Store!Init]
        /\ results = [r \in Group!Replica |-> <<>>]
        /\ messages = {[kind |-> "prepare", ballot |-> ballot]}
            \cup {[kind |-> "promised", from |-> r, ballot |-> ballot, accepted |-> <<>>] : r \in Group!Replica}
        /\ asked = Entries
        /\ taken = {}
        /\ replies = {}
        /\ powerOffs = 0
        /\ lost = FALSE

\* The same, but replica a stood at ballot 1.a and waits for promises, while b has them already, from itself and c, for
\* ballot 2.b, and leads.
RivalsInit ==
    LET first == [round |-> 1, replica |-> "a"]
        second == [round |-> 2, replica |-> "b"]
        own(r) == IF r = "a" THEN first ELSE second
    IN  /\ log = [r \in Group!Replica |-> <<[kind |-> "promise", ballot |-> own(r)]>>]
        /\ synced = [r \in Group!Replica |-> 1]
        /\ role = [r \in Group!Replica |-> IF r = "a" THEN "candidate" ELSE IF r = "b" THEN "leader" ELSE "follower"]
        /\ adopted = [r \in Group!Replica |-> <<>>]
        /\ next = [r \in Group!Replica |-> 1]
        /\ known = [r \in Group!Replica |-> 0]
        /\ store = [r \in Group!Replica |-> Group!Store!Init]
        /\ results = [r \in Group!Replica |-> <<>>]
        /\ messages = {[kind |-> "prepare", ballot |-> own(r)] : r \in {"a", "b"}}
            \cup {[kind |-> "promised", from |-> r, ballot |-> own(r), accepted |-> <<>>] : r \in Group!Replica}
        /\ asked = Entries
        /\ taken = {}
        /\ replies = {}
        /\ powerOffs = 0
        /\ lost = FALSE

--------------------------------------------------------------------------------
\* The reduction. Some actions may as well happen as soon as they can, one replica after another:
\*
\* - To send early takes nothing from anybody. Messages are never taken back, and who is not to receive one need not.
\*   To send again changes nothing, and is not done here.
\* - A replica that is off does what one does that is on and rests.
\* - To apply and to acknowledge early only makes more that must hold.
\* - A sync matters by what a power-off would take; after the last power-off, by nothing. And one that covers only a part
\*   of what was written leads where it would lead if it had come before the rest was written.
\*
\* So each state that breaks an invariant is reached itself, or one is that has more messages and replies and breaks it too.

SyncsAtOnce == powerOffs = PowerOffs

IsNews == messages' # messages

AtOnce(r) ==
    \/ Group!Prepare(r) /\ IsNews
    \/ Group!Promised(r) /\ IsNews
    \/ \E record \in Group!Range(log[r]) : Group!Accepted(r, record) /\ IsNews
    \/ Group!Apply(r)
    \/ \E slot \in DOMAIN results[r] : Group!Acknowledge(r, slot)
    \/ Group!Restart(r)
    \/ SyncsAtOnce /\ Group!Sync(r, Len(log[r]))

\* Whether that is enabled: its guards once more, because TLC takes several times as long to find out by itself. DueInv
\* says that they are the same.
IsDue(r) ==
    LET ballot == Group!PromisedBallot(r)
        records == Group!SyncedLog(r)
        hasPromised == [kind |-> "promise", ballot |-> ballot] \in Group!Range(records)
        prepare == [kind |-> "prepare", ballot |-> ballot]
        promised == [kind |-> "promised", from |-> r, ballot |-> ballot, accepted |-> Group!Report(records)]
        slot == Len(results[r]) + 1
        told(n) == [entry |-> Group!EntryOf(r, n), slot |-> n, reply |-> results[r][n]]
    IN  IF role[r] = "off"
        THEN TRUE
        ELSE \/ hasPromised /\ role[r] = "candidate" /\ prepare \notin messages
             \/ hasPromised /\ prepare \in messages /\ promised \notin messages
             \/ \E i \in Group!AcceptsAmong(records) :
                    [kind |-> "accepted", from |-> r, ballot |-> records[i].ballot, slot |-> records[i].slot] \notin messages
             \/ slot <= known[r] /\ \E accept \in Group!Accepts(records, slot) : accept.entry = Group!EntryOf(r, slot)
             \/ role[r] = "leader" /\ \E n \in Len(adopted[r]) + 1 .. Len(results[r]) : told(n) \notin replies
             \/ SyncsAtOnce /\ synced[r] < Len(log[r])

DueInv == \A r \in Group!Replica : IsDue(r) = ENABLED AtOnce(r)

Due == {r \in Group!Replica : IsDue(r)}

NothingIsDue == Due = {} /\ UNCHANGED modelVars

IsItsTurn(r) == (\A other \in Due : Group!Rank(r) <= Group!Rank(other)) /\ UNCHANGED modelVars

--------------------------------------------------------------------------------
\* Actions. What the group says comes first, since it decides more cheaply than the reduction.

Ask(entry)              == Group!Ask(entry) /\ NothingIsDue
Stand(r, round)         == Group!Stand(r, round) /\ NothingIsDue
Prepare(r)              == Group!Prepare(r) /\ IsNews /\ IsItsTurn(r)
Lead(r, quorum)         == Group!Lead(r, quorum) /\ NothingIsDue
Propose(r, entry)       == next[r] <= Slots /\ Group!Propose(r, entry) /\ NothingIsDue
Choose(r)               == Group!Choose(r) /\ NothingIsDue
Acknowledge(r, slot)    == Group!Acknowledge(r, slot) /\ IsItsTurn(r)
Promise(r, m)           == Group!Promise(r, m) /\ NothingIsDue
Promised(r)             == Group!Promised(r) /\ IsNews /\ IsItsTurn(r)
Accept(r, m)            == Group!Accept(r, m) /\ NothingIsDue
Accepted(r, record)     == Group!Accepted(r, record) /\ IsNews /\ IsItsTurn(r)
Learn(r, m)             == Group!Learn(r, m) /\ NothingIsDue
Apply(r)                == Group!Apply(r) /\ IsItsTurn(r)
Sync(r)                 == Group!Sync(r, Len(log[r])) /\ IF SyncsAtOnce THEN IsItsTurn(r) ELSE NothingIsDue
Restart(r)              == Group!Restart(r) /\ IsItsTurn(r)

PowerOff(r, count) ==
    /\ powerOffs < PowerOffs
    /\ Group!PowerOff(r, count)
    /\ Due = {}
    /\ powerOffs' = powerOffs + 1
    /\ lost' = (lost \/ count < Len(log[r]))

Next ==
    \/ \E entry \in Entries : Ask(entry)
    \/ \E ballot \in Standing : Stand(ballot.replica, ballot.round)
    \/ \E r \in Group!Replica :
        \/ Prepare(r)
        \/ \E quorum \in Group!Quorum : Lead(r, quorum)
        \/ \E entry \in asked : Propose(r, entry)
        \/ Choose(r)
        \/ \E slot \in DOMAIN results[r] : Acknowledge(r, slot)
        \/ \E m \in messages : Promise(r, m)
        \/ Promised(r)
        \/ \E m \in messages : Accept(r, m)
        \/ \E record \in Group!Range(log[r]) : Accepted(r, record)
        \/ \E m \in messages : Learn(r, m)
        \/ Apply(r)
        \/ Sync(r)
        \/ \E count \in 0 .. Len(log[r]) : PowerOff(r, count)
        \/ Restart(r)

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
RefinementProp == Group!RefinementProp

--------------------------------------------------------------------------------
\* Expected to fail: each shows that the model gets to something worth checking.

LedAt(round) == \E m \in messages : m.kind = "accept" /\ m.ballot.round = round
ChosenAt(round) == \E m \in messages : m.kind = "chosen" /\ m.ballot.round = round

\* "The second leader never proposes again what the first one proposed."
ReachAdoptedInv == \A r \in Group!Replica : role[r] = "leader" /\ Group!PromisedBallot(r).round = 2 => adopted[r] = <<>>

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
