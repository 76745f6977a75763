---- MODULE ReplicationGroup ----
\* A replication group: replicas that keep one log by Multi-Paxos and apply it to a key-value store.
\*
\* A replica that wants to lead picks a ballot above all it knows, writes it down, and asks the others to *promise* to
\* accept nothing below it (prepare, promised). With a quorum of promises it leads: it *proposes* again what those report,
\* then what clients ask for, slot by slot (accept, accepted). An entry is *chosen* in a slot when a quorum has synced an
\* accept of one ballot there, and every earlier slot is chosen. A replica *applies* what it knows chosen and has synced.
\*
\* Two rules carry the proof. Whatever is chosen at a ballot is in some promise that every later leader relies on. And
\* nothing is sent before the sync that makes it true, so that a power-off, which drops any suffix of what was not synced,
\* takes nothing back that somebody was told. An accept claims nothing, and may leave before its leader's own sync.
\*
\* Messages are a set that only grows: one that is never received is lost, one received twice is duplicated, and the order
\* of sending means nothing.
\*
\* It leaves out, for now: leases (a get goes through the log, so no clock is needed to read safely), changes of
\* membership, sessions (a client does not send a write again, and a write that its leader took and lost is lost), trimming,
\* and damaged disks. Accepts come in slot order, so a log has no holes and no no-ops to fill them.
\*
\* Refines ReplicatedLog. Sources: Lamport, Paxos Made Simple, sections 2.2 to 3; van Renesse and Altinbuken, Paxos Made
\* Moderately Complex. The models ReplicationGroup.*.cfg run it.
EXTENDS Naturals, Sequences, FiniteSets

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Replicas,           \* The replicas, as a sequence: its order decides between ballots of one round.
    Key, Value,         \* As in KeyValueStore.
    Session             \* The clients' numbered sequences of writes.

ASSUME ReplicasAreDistinct == \A i, j \in DOMAIN Replicas : Replicas[i] = Replicas[j] => i = j

Replica == {Replicas[i] : i \in DOMAIN Replicas}
Rank(r) == CHOOSE i \in DOMAIN Replicas : Replicas[i] = r

Quorum == {q \in SUBSET Replica : 2 * Cardinality(q) > Cardinality(Replica)}

Round == Nat \ {0}
Slot == Nat \ {0}
Number == Nat \ {0}

Store == INSTANCE KeyValueStore

--------------------------------------------------------------------------------
\* Ballots, entries, records, messages

\* Which leadership: of the same round, the later replica's is higher.
Ballot == [round : Round, replica : Replica]

\* Below every ballot: what a replica has promised that promised nothing.
NoBallot == [round |-> 0, replica |-> Replicas[1]]

Below(one, other) ==
    \/ one.round < other.round
    \/ one.round = other.round /\ Rank(one.replica) < Rank(other.replica)

Highest(ballots) == CHOOSE b \in ballots : \A other \in ballots : ~ Below(b, other)

\* What a slot holds. A get is an entry too.
Entry == [kind : {"write"}, session : Session, number : Number, request : Store!Request]

\* What a replica writes to its disk, in this order and never changed.
Record ==
    [kind : {"promise"}, ballot : Ballot]
    \cup [kind : {"accept"}, ballot : Ballot, slot : Slot, entry : Entry]

Message ==
    [kind : {"prepare"}, ballot : Ballot]
    \cup [kind : {"promised"}, from : Replica, ballot : Ballot, accepted : Seq([ballot : Ballot, entry : Entry])]
    \cup [kind : {"accept"}, ballot : Ballot, slot : Slot, entry : Entry]
    \cup [kind : {"accepted"}, from : Replica, ballot : Ballot, slot : Slot]
    \cup [kind : {"chosen"}, ballot : Ballot, slot : Slot, entry : Entry]

Reply == [entry : Entry, slot : Slot, reply : Store!Reply]

--------------------------------------------------------------------------------
\* Variables. The disk survives a power-off up to what is synced; the rest of a replica does not.

VARIABLE log        \* Of each replica, the records it wrote. The first synced[r] of them survive for certain.
LogOK == \A r \in Replica : \A i \in DOMAIN log[r] : log[r][i] \in Record

VARIABLE synced     \* Of each replica, how many of its records are known to be on the disk.
SyncedOK == \A r \in Replica : synced[r] \in 0 .. Len(log[r])

diskVars == <<log, synced>>

VARIABLE role       \* What each replica is doing.
RoleOK == role \in [Replica -> {"off", "follower", "candidate", "leader"}]

VARIABLE adopted    \* Of a leader, the entries of the slots that its phase 1 found something in, from slot 1 on.
AdoptedOK == \A r \in Replica : \A slot \in DOMAIN adopted[r] : adopted[r][slot] \in Entry

VARIABLE next       \* Of a leader, the next slot it proposes in.
NextOK == next \in [Replica -> Slot]

leaderVars == <<adopted, next>>

VARIABLE known      \* Of each replica, how many slots it knows chosen, from slot 1 on.
KnownOK == known \in [Replica -> Nat]

VARIABLE store      \* Of each replica, the state of its store.
StoreOK == \A r \in Replica : Store!IsState(store[r])

VARIABLE results    \* Of each replica, what each slot that it applied is answered, from slot 1 on.
ResultsOK == \A r \in Replica : \A slot \in DOMAIN results[r] : results[r][slot] \in Store!Reply

stateVars == <<known, store, results>>

VARIABLE messages   \* Every message ever sent.
MessagesOK == \A m \in messages : m.kind \in {"prepare", "promised", "accept", "accepted", "chosen"} /\ m.ballot \in Ballot

VARIABLE asked      \* Every write that a client asked for.
AskedOK == asked \subseteq Entry

VARIABLE taken      \* Those of them that a leader has taken from its client. It is taken once: this link does not repeat.
TakenOK == taken \subseteq asked

VARIABLE replies    \* What clients were told.
RepliesOK == replies \subseteq Reply

clientVars == <<asked, taken, replies>>

vars == <<log, synced, role, adopted, next, known, store, results, messages, asked, taken, replies>>

TypeOK ==
    /\ LogOK /\ SyncedOK /\ RoleOK /\ AdoptedOK /\ NextOK /\ KnownOK /\ StoreOK /\ ResultsOK
    /\ MessagesOK /\ AskedOK /\ TakenOK /\ RepliesOK

Init ==
    /\ log = [r \in Replica |-> <<>>]
    /\ synced = [r \in Replica |-> 0]
    /\ role = [r \in Replica |-> "follower"]
    /\ adopted = [r \in Replica |-> <<>>]
    /\ next = [r \in Replica |-> 1]
    /\ known = [r \in Replica |-> 0]
    /\ store = [r \in Replica |-> Store!Init]
    /\ results = [r \in Replica |-> <<>>]
    /\ messages = {}
    /\ asked = {}
    /\ taken = {}
    /\ replies = {}

--------------------------------------------------------------------------------
\* Helpers

Range(sequence) == {sequence[i] : i \in DOMAIN sequence}

SyncedLog(r) == SubSeq(log[r], 1, synced[r])

\* The highest ballot that r has written down, synced or not. It also promises what it accepts.
PromisedBallot(r) == Highest({NoBallot} \cup {log[r][i].ballot : i \in DOMAIN log[r]})

\* Where in a sequence of records the accepts stand.
AcceptsAmong(records) == {i \in DOMAIN records : records[i].kind = "accept"}

Accepts(records, slot) == {records[i] : i \in {n \in AcceptsAmong(records) : records[n].slot = slot}}

\* Of several accepts of a slot, the one that counts.
Last(accepts) == CHOOSE record \in accepts : record.ballot = Highest({a.ballot : a \in accepts})

\* How many slots, from slot 1 on, hold something in these records.
LastSlot(records) == Cardinality({records[i].slot : i \in AcceptsAmong(records)})

\* What a replica reports with its promise: the last accept of every slot.
Report(records) ==
    [slot \in 1 .. LastSlot(records) |->
        [ballot |-> Last(Accepts(records, slot)).ballot, entry |-> Last(Accepts(records, slot)).entry]]

\* The entry that r holds in a slot.
EntryOf(r, slot) == Last(Accepts(log[r], slot)).entry

\* Whether r holds every slot before this one: known chosen, or accepted at this very ballot. "Has accepted something
\* there" would not do: it may be what an earlier leader proposed, and another entry may have been chosen since.
HoldsBefore(r, slot, ballot) ==
    LET here == {log[r][i].slot : i \in {n \in AcceptsAmong(log[r]) : log[r][n].ballot = ballot}}
    IN  1 .. slot - 1 \subseteq 1 .. known[r] \cup here

Write(r, record) == log' = [log EXCEPT ![r] = Append(@, record)]

\* To send what was sent before changes nothing: whoever waits for an answer may ask again.
Send(message) == messages' = messages \cup {message}

\* Who writes down another's ballot no longer leads.
Follow(r, ballot) ==
    IF ballot.replica = r
    THEN UNCHANGED <<role, adopted, next>>
    ELSE /\ role' = [role EXCEPT ![r] = "follower"]
         /\ adopted' = [adopted EXCEPT ![r] = <<>>]
         /\ next' = [next EXCEPT ![r] = 1]

--------------------------------------------------------------------------------
\* Actions of a client

\* A client asks for a write. Any leader may take it.
Ask(entry) ==
    /\ entry \in Entry \ asked
    /\ \A other \in asked : other.session = entry.session => other.number < entry.number
    /\ asked' = asked \cup {entry}
    /\ UNCHANGED <<diskVars, role, leaderVars, stateVars, messages, taken, replies>>

--------------------------------------------------------------------------------
\* Actions of a candidate

\* Replica r wants to lead and writes down a ballot above all it knows. It does not ask anybody before that is synced: a
\* power-off would make it forget the ballot and use it a second time, for other entries.
Stand(r, round) ==
    /\ role[r] # "off"
    /\ round > PromisedBallot(r).round
    /\ Write(r, [kind |-> "promise", ballot |-> [round |-> round, replica |-> r]])
    /\ role' = [role EXCEPT ![r] = "candidate"]
    /\ adopted' = [adopted EXCEPT ![r] = <<>>]
    /\ next' = [next EXCEPT ![r] = 1]
    /\ UNCHANGED <<synced, stateVars, messages, clientVars>>

\* Candidate r asks everybody, itself included, to promise its ballot.
Prepare(r) ==
    /\ role[r] = "candidate"
    /\ [kind |-> "promise", ballot |-> PromisedBallot(r)] \in Range(SyncedLog(r))
    /\ Send([kind |-> "prepare", ballot |-> PromisedBallot(r)])
    /\ UNCHANGED <<diskVars, role, leaderVars, stateVars, clientVars>>

\* Candidate r has promises from a quorum, and has written down no higher ballot since it stood: what it learned from a
\* rival may bring one. It will propose again, at its own ballot, what they report: of each slot the entry of the highest
\* ballot, because that one may be chosen.
Lead(r, quorum) ==
    LET promises == {m \in messages : m.kind = "promised" /\ m.ballot = PromisedBallot(r) /\ m.from \in quorum}
        slots == UNION {DOMAIN m.accepted : m \in promises}
        reports(slot) == {m.accepted[slot] : m \in {p \in promises : slot \in DOMAIN p.accepted}}
    IN  /\ role[r] = "candidate"
        /\ PromisedBallot(r).replica = r
        /\ quorum \in Quorum
        /\ {m.from : m \in promises} = quorum
        /\ role' = [role EXCEPT ![r] = "leader"]
        /\ adopted' = [adopted EXCEPT ![r] = [slot \in slots |-> Last(reports(slot)).entry]]
        /\ next' = [next EXCEPT ![r] = known[r] + 1]
        /\ UNCHANGED <<diskVars, stateVars, messages, clientVars>>

--------------------------------------------------------------------------------
\* Actions of a leader

\* Leader r proposes in its next slot: what it adopted there, or else a write that a client asks for. Each slot once, at
\* this ballot.
Propose(r, entry) ==
    /\ role[r] = "leader"
    /\ IF next[r] <= Len(adopted[r])
       THEN /\ entry = adopted[r][next[r]]
            /\ UNCHANGED taken
       ELSE /\ entry \in asked \ taken
            /\ taken' = taken \cup {entry}
    /\ Send([kind |-> "accept", ballot |-> PromisedBallot(r), slot |-> next[r], entry |-> entry])
    /\ next' = [next EXCEPT ![r] = @ + 1]
    /\ UNCHANGED <<diskVars, role, adopted, stateVars, asked, replies>>

\* Leader r learns that a quorum has synced its proposal in the first slot that it does not know chosen, and tells. It
\* has written the proposal down itself by then, so that whoever knows a slot chosen holds it.
Choose(r) ==
    LET slot == known[r] + 1
        ballot == PromisedBallot(r)
        votes == {m \in messages : m.kind = "accepted" /\ m.ballot = ballot /\ m.slot = slot}
    IN  /\ role[r] = "leader"
        /\ {m.from : m \in votes} \in Quorum
        /\ \E record \in Accepts(log[r], slot) : record.ballot = ballot
        /\ known' = [known EXCEPT ![r] = slot]
        /\ Send([kind |-> "chosen", ballot |-> ballot, slot |-> slot, entry |-> EntryOf(r, slot)])
        /\ UNCHANGED <<diskVars, role, leaderVars, store, results, clientVars>>

\* Leader r tells the client of a write that it took itself what the write did, once it has applied it.
Acknowledge(r, slot) ==
    LET reply == [entry |-> EntryOf(r, slot), slot |-> slot, reply |-> results[r][slot]]
    IN  /\ role[r] = "leader"
        /\ slot \in DOMAIN results[r]
        /\ slot > Len(adopted[r])
        /\ reply \notin replies
        /\ replies' = replies \cup {reply}
        /\ UNCHANGED <<diskVars, role, leaderVars, stateVars, messages, asked, taken>>

--------------------------------------------------------------------------------
\* Actions of every replica

\* Replica r writes down a candidate's ballot: it will accept nothing below it.
Promise(r, m) ==
    /\ role[r] # "off"
    /\ m \in messages /\ m.kind = "prepare"
    /\ Below(PromisedBallot(r), m.ballot)
    /\ Write(r, [kind |-> "promise", ballot |-> m.ballot])
    /\ Follow(r, m.ballot)
    /\ UNCHANGED <<synced, stateVars, messages, clientVars>>

\* Replica r answers the candidate, once its promise is synced, and reports what it has accepted.
Promised(r) ==
    /\ role[r] # "off"
    /\ [kind |-> "promise", ballot |-> PromisedBallot(r)] \in Range(SyncedLog(r))
    /\ [kind |-> "prepare", ballot |-> PromisedBallot(r)] \in messages
    /\ Send([kind |-> "promised", from |-> r, ballot |-> PromisedBallot(r), accepted |-> Report(SyncedLog(r))])
    /\ UNCHANGED <<diskVars, role, leaderVars, stateVars, clientVars>>

\* Replica r writes down a leader's entry.
Accept(r, m) ==
    /\ role[r] # "off"
    /\ m \in messages /\ m.kind = "accept"
    /\ ~ Below(m.ballot, PromisedBallot(r))
    /\ \A record \in Accepts(log[r], m.slot) : record.ballot # m.ballot
    /\ HoldsBefore(r, m.slot, m.ballot)
    /\ Write(r, [kind |-> "accept", ballot |-> m.ballot, slot |-> m.slot, entry |-> m.entry])
    /\ Follow(r, m.ballot)
    /\ UNCHANGED <<synced, stateVars, messages, clientVars>>

\* Replica r answers the leader, once what it accepted is synced.
Accepted(r, record) ==
    /\ role[r] # "off"
    /\ record \in Range(SyncedLog(r)) /\ record.kind = "accept"
    /\ Send([kind |-> "accepted", from |-> r, ballot |-> record.ballot, slot |-> record.slot])
    /\ UNCHANGED <<diskVars, role, leaderVars, stateVars, clientVars>>

\* Replica r is told that the first slot that it does not know chosen is, and writes the entry down if it holds another.
Learn(r, m) ==
    /\ role[r] \in {"follower", "candidate"}
    /\ m \in messages /\ m.kind = "chosen"
    /\ m.slot = known[r] + 1
    /\ IF Accepts(log[r], m.slot) # {} /\ EntryOf(r, m.slot) = m.entry
       THEN UNCHANGED log
       ELSE Write(r, [kind |-> "accept", ballot |-> m.ballot, slot |-> m.slot, entry |-> m.entry])
    /\ known' = [known EXCEPT ![r] = m.slot]
    /\ UNCHANGED <<synced, role, leaderVars, store, results, messages, clientVars>>

\* Replica r applies the next slot, known chosen and synced in its own log.
Apply(r) ==
    LET slot == Len(results[r]) + 1
        after == Store!Apply(store[r], EntryOf(r, slot).request)
    IN  /\ role[r] # "off"
        /\ slot <= known[r]
        /\ \E record \in Accepts(SyncedLog(r), slot) : record.entry = EntryOf(r, slot)
        /\ store' = [store EXCEPT ![r] = after.state]
        /\ results' = [results EXCEPT ![r] = Append(@, after.reply)]
        /\ UNCHANGED <<diskVars, role, leaderVars, known, messages, clientVars>>

--------------------------------------------------------------------------------
\* Actions of the disk

\* A sync of replica r's log returns. It covers what was written when it began, perhaps not what came since.
Sync(r, count) ==
    /\ role[r] # "off"
    /\ count \in synced[r] + 1 .. Len(log[r])
    /\ synced' = [synced EXCEPT ![r] = count]
    /\ UNCHANGED <<log, role, leaderVars, stateVars, messages, clientVars>>

\* Replica r loses its power, and with it all but the log, and of that any part that was not synced.
PowerOff(r, count) ==
    /\ role[r] # "off"
    /\ count \in synced[r] .. Len(log[r])
    /\ log' = [log EXCEPT ![r] = SubSeq(@, 1, count)]
    /\ synced' = [synced EXCEPT ![r] = count]
    /\ role' = [role EXCEPT ![r] = "off"]
    /\ adopted' = [adopted EXCEPT ![r] = <<>>]
    /\ next' = [next EXCEPT ![r] = 1]
    /\ known' = [known EXCEPT ![r] = 0]
    /\ store' = [store EXCEPT ![r] = Store!Init]
    /\ results' = [results EXCEPT ![r] = <<>>]
    /\ UNCHANGED <<messages, clientVars>>

\* Replica r comes back with what its disk kept. It does not go on at a ballot of its own, whose slots it may have used.
Restart(r) ==
    /\ role[r] = "off"
    /\ role' = [role EXCEPT ![r] = "follower"]
    /\ UNCHANGED <<diskVars, leaderVars, stateVars, messages, clientVars>>

--------------------------------------------------------------------------------
\* The next-state relation

Client == \E entry \in Entry : Ask(entry)

Candidate(r) ==
    \/ \E round \in Round : Stand(r, round)
    \/ Prepare(r)
    \/ \E quorum \in Quorum : Lead(r, quorum)

Leader(r) ==
    \/ \E entry \in asked : Propose(r, entry)
    \/ Choose(r)
    \/ \E slot \in DOMAIN results[r] : Acknowledge(r, slot)

Voter(r) ==
    \/ \E m \in messages : Promise(r, m)
    \/ Promised(r)
    \/ \E m \in messages : Accept(r, m)
    \/ \E record \in Range(log[r]) : Accepted(r, record)
    \/ \E m \in messages : Learn(r, m)
    \/ Apply(r)

Disk(r) == \E count \in 1 .. Len(log[r]) : Sync(r, count)

Power(r) ==
    \/ \E count \in 0 .. Len(log[r]) : PowerOff(r, count)
    \/ Restart(r)

Next ==
    \/ Client
    \/ \E r \in Replica : Candidate(r) \/ Leader(r) \/ Voter(r) \/ Disk(r) \/ Power(r)

Spec == Init /\ [][Next]_vars

--------------------------------------------------------------------------------
\* What is chosen, as anybody sees who can look at all disks at once

\* The entries that a quorum has synced in a slot, at one ballot.
ChosenIn(slot) ==
    LET accepts == UNION {Accepts(SyncedLog(r), slot) : r \in Replica}
    IN  {accept.entry : accept \in
            {a \in accepts : {r \in Replica : a \in Range(SyncedLog(r))} \in Quorum}}

\* The log: what is chosen in slot 1, 2 and so on, up to the first slot with nothing chosen.
RECURSIVE ChosenFrom(_)
ChosenFrom(slot) ==
    IF ChosenIn(slot) = {}
    THEN <<>>
    ELSE <<CHOOSE entry \in ChosenIn(slot) : TRUE>> \o ChosenFrom(slot + 1)

ChosenLog == ChosenFrom(1)

Prefix(one, other) == Len(one) <= Len(other) /\ SubSeq(other, 1, Len(one)) = one

--------------------------------------------------------------------------------
\* Invariants

\* A slot has one chosen entry. Broken by a leader that does not propose again what its promises
\* report.
AgreementInv == \A slot \in 1 .. Len(ChosenLog) : Cardinality(ChosenIn(slot)) = 1

\* Only what a client asked for is ever written down.
ValidityInv == \A r \in Replica : \A i \in DOMAIN log[r] : log[r][i].kind = "accept" => log[r][i].entry \in asked

\* A ballot has one entry in a slot, on whatever disk. Broken by a candidate that asks before its own ballot is synced.
OneValuePerBallotInv ==
    \A r, other \in Replica : \A one \in Range(log[r]), two \in Range(log[other]) :
        one.kind = "accept" /\ two.kind = "accept" /\ one.slot = two.slot /\ one.ballot = two.ballot =>
            one.entry = two.entry

\* Nothing was sent before the sync that makes it true. Broken by an accept that is answered before it is synced.
SyncedBeforeSentInv ==
    \A m \in messages :
        /\ m.kind = "promised" =>
            [kind |-> "promise", ballot |-> m.ballot] \in Range(SyncedLog(m.from))
        /\ m.kind = "accepted" =>
            \E record \in Accepts(SyncedLog(m.from), m.slot) : record.ballot = m.ballot
        /\ m.kind = "prepare" =>
            [kind |-> "promise", ballot |-> m.ballot] \in Range(SyncedLog(m.ballot.replica))

\* What a client was told is chosen, and stays so, whatever loses its power.
DurableBeforeAcknowledgedInv ==
    \A told \in replies : told.slot <= Len(ChosenLog) /\ ChosenLog[told.slot] = told.entry

\* What a replica knows chosen is chosen, and it holds it.
KnownIsChosenInv ==
    \A r \in Replica :
        /\ known[r] <= Len(ChosenLog)
        /\ \A slot \in 1 .. known[r] : EntryOf(r, slot) = ChosenLog[slot]

\* What a replica applied is synced in its own log, so that its state never runs ahead of what a power-off leaves.
AppliedIsSyncedInv ==
    \A r \in Replica : \A slot \in DOMAIN results[r] :
        \E record \in Accepts(SyncedLog(r), slot) : record.entry = EntryOf(r, slot)

--------------------------------------------------------------------------------
\* Properties

\* The group does what any replicated log must do. Linearizable replies, and that a chosen slot never changes, are in it.
Abstract == INSTANCE ReplicatedLog WITH chosen <- ChosenLog

RefinementProp == Abstract!Spec

================================================================================
