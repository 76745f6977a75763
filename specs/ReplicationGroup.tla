---- MODULE ReplicationGroup ----
\* A replication group: replicas that keep one log by Multi-Paxos and apply it to a key-value store.
\*
\* A replica that wants to lead picks a ballot above all it knows, writes it down, and asks the others to *promise* to
\* accept nothing below it (prepare, promised). With a quorum of promises it leads: it *proposes* again what those report,
\* then what clients ask for, slot by slot (accept, accepted). An entry is *chosen* in a slot when a quorum has synced an
\* accept of one ballot there, and every earlier slot is chosen. A replica *applies* what it knows chosen and has synced.
\*
\* A leader answers its clients only while it holds a *lease*: grants of a quorum, each the word of a replica that it will
\* promise no other ballot for a time. So whoever is elected next can be sure that the one before has stopped, and a leader
\* can read its own store without asking anybody.
\*
\* Two rules carry the proof. Whatever is chosen at a ballot is in some promise that every later leader relies on. And
\* nothing is sent before the sync that makes it true, so that a power-off, which drops any suffix of what was not synced,
\* takes nothing back that somebody was told. An accept claims nothing, and may leave before its leader's own sync.
\*
\* Messages are a set that only grows: one that is never received is lost, one received twice is duplicated, and the order
\* of sending means nothing. Grants are the exception: time takes them.
\*
\* Disks rot. A record that can be read no more is not one that was never written: the log keeps, in two places, which
\* records it has, so a replica still knows that it accepted something in a slot, at which ballot, and not what it was. It
\* says so with its promise. A candidate asks on until a quorum knows of nothing above what somebody can read there, or
\* everybody has answered. At one ballot a slot has one entry, so any copy will do. That is safe as long as of every chosen
\* entry one copy is left that is not older than the choice. A disk that is lost as a whole takes its replica with it, for
\* ever: one that comes back with nothing would promise what it refused before.
\*
\* Who votes is an entry of the log too. A *generation* has voters, and a *reconfigure* entry names the generation that it
\* ends and all voters of the next. It is chosen by a quorum of both, proposed when all before it is known chosen, and
\* nothing is proposed after it until it is known chosen itself; then its leader asks the new voters for their promises, at
\* its ballot, before it goes on. So no leader ever relies on a generation that may not come about, and what is chosen in
\* the old one is held by every quorum of the new one. While that is under way the lease counts with quorums of both. A
\* *log replica* votes like any other and keeps nothing but its log; it never leads, and nobody reads from it. A replica
\* that is no voter is one to be: it hears and writes down what the others do, and does not count.
\*
\* What is chosen goes to an *archive*, slot after slot. A replica *trims* its log of what it has applied and the archive
\* holds: it writes down up to where, and looks at nothing of that again, so its disk may forget it. Whoever needs those
\* slots fetches them from the archive, or takes a *snapshot* of what another replica has made of them. A trim is not the
\* same as nothing: it is told with a promise too.
\*
\* Time itself is not here, only the one thing about it that matters: of a grant, the holder's count ends before the
\* grantor's memory does. That a holder which counts from before it asked, and a grantor which adds what clocks may drift
\* apart, make it so is LeaseClock's business. So when a grant may run out is left open, and that it does is one step that
\* ends the memory and the count together (RunOut).
\*
\* It leaves out, for now, what becomes of an archive: here it is whole and always there, and a store that rotted or is new
\* is fetched from it. It leaves open when somebody stands for leader (Election says when it is wise), and when whom is
\* replaced. Accepts come in slot order, so a log has no holes; no-ops are for what nobody can read.
\*
\* Refines ReplicatedLog. Sources: Lamport, Paxos Made Simple, sections 2.2 to 3; van Renesse and Altinbuken, Paxos Made
\* Moderately Complex; Gray and Cheriton, Leases, section 2. The models ReplicationGroup.*.cfg run it.
EXTENDS Naturals, Sequences, FiniteSets

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Replicas,           \* The replicas that ever are, as a sequence: its order decides between ballots of one round.
    FirstVoters,        \* Those that vote in the first generation.
    LogReplicas,        \* Those that keep the log alone.
    Key, Value,         \* As in KeyValueStore.
    Session, Nonce,     \* As in Sessions.
    FirstSessions       \* Sessions that were begun before the first slot: none in a real group; a model saves a slot by them.

ASSUME ReplicasAreDistinct == \A i, j \in DOMAIN Replicas : Replicas[i] = Replicas[j] => i = j

Replica == {Replicas[i] : i \in DOMAIN Replicas}
Rank(r) == CHOOSE i \in DOMAIN Replicas : Replicas[i] = r

\* Whether most of these voters are among some replicas.
IsQuorum(replicas, voters) == 2 * Cardinality(replicas \cap voters) > Cardinality(voters)

Round == Nat \ {0}
Slot == Nat \ {0}
Generation == Nat \ {0}

Machine == INSTANCE Sessions
Store == INSTANCE KeyValueStore

--------------------------------------------------------------------------------
\* Ballots, entries, records, messages

\* Which leadership: of the same round, the later replica's is higher.
Ballot == [round : Round, replica : Replica]

\* Below every ballot: what a replica has promised that promised nothing, and minds that granted nothing.
NoBallot == [round |-> 0, replica |-> CHOOSE r \in FirstVoters : \A other \in FirstVoters : Rank(r) <= Rank(other)]

Below(one, other) ==
    \/ one.round < other.round
    \/ one.round = other.round /\ Rank(one.replica) < Rank(other.replica)

Highest(ballots) == CHOOSE b \in ballots : \A other \in ballots : other = b \/ Below(other, b)

\* The generation that it ends and the voters of the next.
Reconfigure == [kind : {"reconfigure"}, generation : Generation, voters : SUBSET Replica]

\* What a slot holds.
Entry == Machine!Entry \cup Reconfigure

NoOp == [kind |-> "no-op"]

\* Where all say what their state has come to.
ScrubMark == [kind |-> "scrub-mark"]

\* A generation with its voters.
Members == [generation : Generation, voters : SUBSET Replica]

FirstMembers == [generation |-> 1, voters |-> FirstVoters]

\* Whether an entry begins another generation where this is the present one. One that would end another has no effect.
Ends(entry, members) == entry.kind = "reconfigure" /\ entry.generation = members.generation

\* The generation after an entry.
After(members, entry) ==
    IF Ends(entry, members) THEN [generation |-> members.generation + 1, voters |-> entry.voters] ELSE members

\* What stands on a replica's disk: what it wrote, in this order and never changed by it. Of a record that rotted it is
\* known what it was about. What it said (was) no action looks at, and at nothing in the slots that were trimmed. A trim
\* repeats the promised ballot: what stands before it need not be there any more.
Record ==
    [kind : {"promise"}, ballot : Ballot]
    \cup [kind : {"accept"}, ballot : Ballot, generation : Generation, slot : Slot, entry : Entry]
    \cup [kind : {"corrupt"}, ballot : Ballot, generation : Generation, slot : Slot, was : Entry]
    \cup [kind : {"trim"}, ballot : Ballot, slot : Nat]

\* What a replica says of a slot with its promise: the last entry that it can read, and the ballot of what rotted above.
Reported == [ballot : Ballot \cup {NoBallot}, entry : Entry, corrupt : Ballot \cup {NoBallot}]

Message ==
    [kind : {"prepare"}, ballot : Ballot, released : Ballot \cup {NoBallot}]
    \cup [kind : {"promised"}, from : Replica, ballot : Ballot, trimmed : Nat, accepted : [Slot -> Reported]]
    \cup [kind : {"accept"}, ballot : Ballot, generation : Generation, slot : Slot, entry : Entry]
    \cup [kind : {"accepted"}, from : Replica, ballot : Ballot, slot : Slot]
    \cup [kind : {"chosen"}, ballot : Ballot, generation : Generation, slot : Slot, entry : Entry]
    \cup [kind : {"ask-lease"}, ballot : Ballot]
    \cup [kind : {"grant"}, from : Replica, ballot : Ballot]
    \cup [kind : {"release"}, ballot : Ballot, successor : Replica]

\* Beside these there are snapshots, whose states are no set: of kind "snapshot", with NoBallot, a slot, and store and
\* results as the variables of these names have them. And what states come to at a mark: of kind "hashed", with NoBallot,
\* from, slot and the store itself, which is the best of hashes.

Reply == [entry : Entry, slot : Slot, reply : Machine!Reply]

\* What a client was told that read: of how many slots the store was that was read.
Reading == [kind : {"consistent", "eventual"}, key : Key, slot : Nat, reply : Store!Reply]

--------------------------------------------------------------------------------
\* Variables. The log survives a power-off up to what is synced, and the store up to some slot; the rest of a replica does
\* not.

VARIABLE log        \* Of each replica, the records it wrote. The first synced[r] of them survive for certain.
LogOK == \A r \in Replica : \A i \in DOMAIN log[r] : log[r][i] \in Record

VARIABLE synced     \* Of each replica, how many of its records are known to be on the disk.
SyncedOK == \A r \in Replica : synced[r] \in 0 .. Len(log[r])

diskVars == <<log, synced>>

VARIABLE role       \* What each replica is doing.
RoleOK == role \in [Replica -> {"off", "follower", "candidate", "leader", "lost"}]

VARIABLE adopted    \* Of a leader, the entries of the slots that its phase 1 found something in, from slot 1 on; no-ops where it knew.
AdoptedOK == \A r \in Replica : \A slot \in DOMAIN adopted[r] : adopted[r][slot] \in Entry

VARIABLE next       \* Of a leader, the next slot it proposes in.
NextOK == next \in [Replica -> Slot]

VARIABLE counted    \* Of each leader, whose grants it counts.
CountedOK == counted \in [Replica -> SUBSET Replica]

VARIABLE heir       \* Of each candidate and leader, the ballot whose leader handed over to it.
HeirOK == heir \in [Replica -> Ballot \cup {NoBallot}]

leaderVars == <<adopted, next, counted, heir>>

VARIABLE lease      \* Of each replica, the ballot that it granted, until that runs out.
LeaseOK == lease \in [Replica -> Ballot \cup {NoBallot}]

VARIABLE sittingOut \* Who restarted, and may have granted what it no longer remembers.
SittingOutOK == sittingOut \subseteq Replica

leaseVars == <<lease, sittingOut>>

VARIABLE known      \* Of each replica, how many slots it knows chosen, from slot 1 on.
KnownOK == known \in [Replica -> Nat]

VARIABLE members    \* Of each replica, the newest generation that it knows chosen.
MembersOK == members \in [Replica -> Members]

VARIABLE store      \* Of each replica, the state of its store and of its clients' sessions.
StoreOK == \A r \in Replica : Machine!IsState(store[r])

VARIABLE results    \* Of each replica, what it applied and what that is answered, from slot 1 on.
ResultsOK ==
    \A r \in Replica : \A slot \in DOMAIN results[r] :
        results[r][slot].entry \in Entry /\ results[r][slot].reply \in Machine!Reply

stateVars == <<known, members, store, results>>

VARIABLE messages   \* Every message ever sent, but for grants that have run out.
MessageKinds == {"prepare", "promised", "accept", "accepted", "chosen", "ask-lease", "grant", "release", "snapshot", "hashed"}
MessagesOK == \A m \in messages : m.kind \in MessageKinds /\ (m.ballot \in Ballot \/ m.kind \in {"snapshot", "hashed"})

VARIABLE asked      \* Every entry that a client asked for.
AskedOK == \A entry \in asked : entry \in Entry

VARIABLE replies    \* What clients were told of them.
RepliesOK == \A told \in replies : told \in Reply

VARIABLE reads      \* What clients were told that read.
ReadsOK == \A read \in reads : read \in Reading

clientVars == <<asked, replies, reads>>

VARIABLE archive    \* What the archive holds, from slot 1 on.
ArchiveOK == \A slot \in DOMAIN archive : archive[slot] \in Entry

vars == <<log, synced, role, adopted, next, counted, heir, lease, sittingOut, known, members, store, results, messages, asked,
          replies, reads, archive>>

TypeOK ==
    /\ LogOK /\ SyncedOK /\ RoleOK /\ AdoptedOK /\ NextOK /\ CountedOK /\ HeirOK /\ LeaseOK /\ SittingOutOK
    /\ KnownOK /\ MembersOK /\ StoreOK /\ ResultsOK /\ MessagesOK /\ AskedOK /\ RepliesOK /\ ReadsOK /\ ArchiveOK

Init ==
    /\ log = [r \in Replica |-> <<>>]
    /\ synced = [r \in Replica |-> 0]
    /\ role = [r \in Replica |-> "follower"]
    /\ adopted = [r \in Replica |-> <<>>]
    /\ next = [r \in Replica |-> 1]
    /\ counted = [r \in Replica |-> {}]
    /\ heir = [r \in Replica |-> NoBallot]
    /\ lease = [r \in Replica |-> NoBallot]
    /\ sittingOut = {}
    /\ known = [r \in Replica |-> 0]
    /\ members = [r \in Replica |-> FirstMembers]
    /\ store = [r \in Replica |-> Machine!Init(FirstSessions)]
    /\ results = [r \in Replica |-> <<>>]
    /\ messages = {}
    /\ asked = {}
    /\ replies = {}
    /\ reads = {}
    /\ archive = <<>>

--------------------------------------------------------------------------------
\* Helpers

Range(sequence) == {sequence[i] : i \in DOMAIN sequence}

IsOn(r) == role[r] \notin {"off", "lost"}

SyncedLog(r) == SubSeq(log[r], 1, synced[r])

\* The highest ballot that r has written down, synced or not. It also promises what it accepts.
PromisedBallot(r) == Highest({NoBallot} \cup {log[r][i].ballot : i \in DOMAIN log[r]})

\* The highest of which it can be sure that a power-off leaves it.
SyncedBallot(r) == Highest({NoBallot} \cup {log[r][i].ballot : i \in 1 .. synced[r]})

\* Where in a sequence of records the accepts stand that can be read.
AcceptsAmong(records) == {i \in DOMAIN records : records[i].kind = "accept"}

Accepts(records, slot) ==
    {records[i] : i \in {n \in DOMAIN records : records[n].kind = "accept" /\ records[n].slot = slot}}

Most(numbers) == CHOOSE n \in numbers : \A other \in numbers : other <= n

\* Up to which slot the log was trimmed. That it never was is the most frequent, and TLC sees it soonest like this.
TrimmedTo(records) ==
    IF \A i \in DOMAIN records : records[i].kind # "trim"
    THEN 0
    ELSE Most({records[i].slot : i \in {n \in DOMAIN records : records[n].kind = "trim"}})

\* Of several accepts of a slot, the one that counts.
Last(accepts) == CHOOSE record \in accepts : record.ballot = Highest({a.ballot : a \in accepts})

\* The last slot that holds something in these records, readable or not.
LastSlot(records) ==
    Most({0} \cup {records[i].slot : i \in {n \in DOMAIN records : records[n].kind \in {"accept", "corrupt"}}})

\* The highest ballot of what rotted in a slot, unless something that can be read was accepted there at this or above.
CorruptBallot(records, slot) ==
    LET rotten == {i \in DOMAIN records : records[i].kind = "corrupt" /\ records[i].slot = slot}
        ballot == Highest({NoBallot} \cup {records[i].ballot : i \in rotten})
    IN  IF \E a \in Accepts(records, slot) : ~ Below(a.ballot, ballot) THEN NoBallot ELSE ballot

\* What a replica reports with its promise, of the slots above what it trimmed.
Report(records) ==
    [slot \in TrimmedTo(records) + 1 .. LastSlot(records) |->
        LET last == Last({[ballot |-> NoBallot, entry |-> NoOp]} \cup Accepts(records, slot))
        IN  [ballot |-> last.ballot, entry |-> last.entry, corrupt |-> CorruptBallot(records, slot)]]

\* Whether what these replicas report of a slot leaves no doubt. Of whatever may be chosen there, a member of every quorum
\* knows the ballot or a higher one. So if a quorum knows of nothing above what somebody can read, that is what may be
\* chosen. When nobody is left to ask, it has to do.
IsClear(reports, slot, voters) ==
    LET about == {m \in reports : slot \in DOMAIN m.accepted}
        readable == Highest({NoBallot} \cup {m.accepted[slot].ballot : m \in about})
        answered == {m.from : m \in reports}
        knowMore == {m.from : m \in {n \in about : Below(readable, n.accepted[slot].corrupt)}}
    IN  IsQuorum(answered \ knowMore, voters) \/ voters \subseteq answered

\* The entry that r holds in a slot.
EntryOf(r, slot) == Last(Accepts(log[r], slot)).entry

\* Whether r holds this entry in a slot, and nothing there that it cannot read may count for more.
HoldsEntry(r, slot, entry) ==
    /\ Accepts(log[r], slot) # {}
    /\ CorruptBallot(log[r], slot) = NoBallot
    /\ EntryOf(r, slot) = entry

\* Whether r holds every slot before this one: known chosen, or archived, or accepted at this very ballot. "Has accepted
\* something there" would not do: it may be what an earlier leader proposed, and another entry may have been chosen since.
HoldsBefore(r, slot, ballot) ==
    LET here == {log[r][i].slot : i \in {n \in AcceptsAmong(log[r]) : log[r][n].ballot = ballot}}
    IN  1 .. slot - 1 \subseteq 1 .. Most({known[r], TrimmedTo(log[r])}) \cup here

Write(r, record) == log' = [log EXCEPT ![r] = Append(@, record)]

\* To send what was sent before changes nothing: whoever waits for an answer may ask again.
Send(message) == messages' = messages \cup {message}

\* Replica r does something else from now on, and nothing is left of a leadership.
Becomes(r, what) ==
    /\ role' = [role EXCEPT ![r] = what]
    /\ adopted' = [adopted EXCEPT ![r] = <<>>]
    /\ next' = [next EXCEPT ![r] = 1]
    /\ counted' = [counted EXCEPT ![r] = {}]

\* Who writes down another's ballot no longer leads.
Follow(r, ballot) ==
    IF ballot.replica = r
    THEN UNCHANGED <<role, leaderVars>>
    ELSE /\ Becomes(r, "follower")
         /\ heir' = [heir EXCEPT ![r] = NoBallot]

\* Whether r may promise a ballot above its own. It minds the lease that it granted, and after a restart one that it may
\* have granted: unless the leader that it granted it to has handed over to this candidate. What a replica forgot, it
\* could only grant at the ballot that it still knows promised.
MayPromise(r, released) ==
    /\ lease[r] \in {NoBallot, released}
    /\ r \in sittingOut => released # NoBallot /\ released = SyncedBallot(r)

\* That it promises another ballot ends what it granted.
MindsNothing(r) == lease' = [lease EXCEPT ![r] = NoBallot] /\ UNCHANGED sittingOut

\* The reconfigure entry that leader r has proposed and does not know chosen, as a set.
UnderWay(r) ==
    {m.entry : m \in {some \in messages :
        /\ some.kind = "accept" /\ some.ballot = PromisedBallot(r) /\ some.slot = known[r] + 1
        /\ Ends(some.entry, members[r])}}

\* Of whom leader r needs a quorum: of the present voters, and of those to be while they are about to.
Electorates(r) == {members[r].voters} \cup {entry.voters : entry \in UnderWay(r)}

\* Whether leader r knows who votes. Where its phase 1 found other voters, those may have been replaced in their turn, and
\* only they can tell.
IsSettled(r) == \A slot \in DOMAIN adopted[r] : slot > known[r] => ~ Ends(adopted[r][slot], members[r])

\* Whether r counts grants of a quorum of these.
IsGranted(r, voters) == IsQuorum(counted[r], voters)

\* Whether r holds a lease: one leader at most does, and only that may answer clients.
HoldsLease(r) == role[r] = "leader" /\ IsSettled(r) /\ \A voters \in Electorates(r) : IsGranted(r, voters)

\* Whether r may answer a consistent read: all that its phase 1 reported is chosen and applied by now, and whatever was
\* acknowledged by an earlier leader is among it.
MayRead(r) == HoldsLease(r) /\ Len(results[r]) >= Len(adopted[r])

\* What applying the first n of these comes to.
RECURSIVE StateOf(_, _)
StateOf(applied, n) ==
    IF n = 0 THEN Machine!Init(FirstSessions) ELSE Machine!Apply(StateOf(applied, n - 1), n, applied[n].entry).state

\* The generation after the first n of these.
RECURSIVE MembersOf(_, _)
MembersOf(applied, n) == IF n = 0 THEN FirstMembers ELSE After(MembersOf(applied, n - 1), applied[n].entry)

\* The only element of a set. It stands where LET would do: TLC computes that anew wherever it is used, when it looks at a
\* step, and what is bound here once.
The(set) == CHOOSE element \in set : TRUE

\* What this state comes to, after these slots, when the next ones up to this one are applied as the archive has them.
RECURSIVE Fetched(_, _, _)
Fetched(state, applied, slot) ==
    IF Len(applied) = slot
    THEN [store |-> state, results |-> applied]
    ELSE The({Fetched(after.state, Append(applied, [entry |-> archive[Len(applied) + 1], reply |-> after.reply]), slot) :
                after \in {Machine!Apply(state, Len(applied) + 1, archive[Len(applied) + 1])}})

\* What the archived log comes to, up to this slot: a replica that takes part in nothing.
Reference(slot) == Fetched(Machine!Init(FirstSessions), <<>>, slot).store

Found(r, key) == Store!Get(store[r].store, [kind |-> "get", key |-> key]).reply

--------------------------------------------------------------------------------
\* Actions of a client

\* A client asks, perhaps not for the first time. It has one write of a session open: it asks for the next when it has the
\* answer to the one before.
Ask(entry) ==
    /\ entry \in Entry
    /\ entry \in Machine!Write \ asked =>
        \A other \in asked \cap Machine!Write : other.session = entry.session =>
            other.number < entry.number /\ \E told \in replies : told.entry = other
    /\ asked' = asked \cup {entry}
    /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, stateVars, messages, replies, reads, archive>>

--------------------------------------------------------------------------------
\* Actions of a candidate

\* Replica r wants to lead, as a voter or not, and writes down a ballot above all it knows. It does not ask anybody before
\* that is synced: a power-off would make it forget the ballot and use it a second time, for other entries. It may be that
\* the leader of another ballot handed over to it.
Stand(r, round, released) ==
    /\ IsOn(r) /\ r \notin LogReplicas
    /\ round > PromisedBallot(r).round
    /\ released # NoBallot => [kind |-> "release", ballot |-> released, successor |-> r] \in messages
    /\ MayPromise(r, released)
    /\ Write(r, [kind |-> "promise", ballot |-> [round |-> round, replica |-> r]])
    /\ Becomes(r, "candidate")
    /\ heir' = [heir EXCEPT ![r] = released]
    /\ MindsNothing(r)
    /\ UNCHANGED <<synced, stateVars, messages, clientVars, archive>>

\* Candidate r asks everybody, itself included, to promise its ballot.
Prepare(r) ==
    /\ role[r] = "candidate"
    /\ [kind |-> "promise", ballot |-> PromisedBallot(r)] \in Range(SyncedLog(r))
    /\ Send([kind |-> "prepare", ballot |-> PromisedBallot(r), released |-> heir[r]])
    /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, stateVars, clientVars, archive>>

\* Candidate r has promises from a quorum of the newest generation that it knows chosen, and has written down no higher
\* ballot since it stood: what it learned from a rival may bring one. It will propose again, at its own ballot, what they
\* report: of each slot the entry of the highest ballot, because that one may be chosen. Where something rotted it waits
\* for more answers, until there is no doubt. What somebody trimmed is chosen, and reported by nobody: of that it must know
\* before.
Lead(r, answered) ==
    LET promises == {m \in messages : m.kind = "promised" /\ m.ballot = PromisedBallot(r) /\ m.from \in answered}
        slots == UNION {DOMAIN m.accepted : m \in promises}
        trimmed == Most({TrimmedTo(log[r])} \cup {m.trimmed : m \in promises})
        reports(slot) == {m.accepted[slot] : m \in {p \in promises : slot \in DOMAIN p.accepted}}
    IN  /\ role[r] = "candidate"
        /\ PromisedBallot(r).replica = r
        /\ answered \subseteq members[r].voters /\ IsQuorum(answered, members[r].voters)
        /\ {m.from : m \in promises} = answered
        /\ trimmed <= known[r]
        /\ {slot \in slots : slot > known[r] /\ ~ IsClear(promises, slot, members[r].voters)} = {}
        /\ role' = [role EXCEPT ![r] = "leader"]
        /\ adopted' = [adopted EXCEPT ![r] =
            [slot \in 1 .. Most({trimmed} \cup slots) |-> IF slot <= known[r] THEN NoOp ELSE Last(reports(slot)).entry]]
        /\ next' = [next EXCEPT ![r] = known[r] + 1]
        /\ UNCHANGED <<diskVars, counted, heir, leaseVars, stateVars, messages, clientVars, archive>>

--------------------------------------------------------------------------------
\* Actions of a leader

\* Leader r proposes in its next slot: what it adopted there, or else what a client asks for, or other voters. Each slot
\* once, at this ballot. An entry may get into several slots, and counts in the first of them. Before it proposes other
\* voters it has their grants, so that its lease goes on.
Propose(r, entry) ==
    /\ role[r] = "leader"
    /\ UnderWay(r) = {}
    /\ IF next[r] <= Len(adopted[r]) THEN entry = adopted[r][next[r]] ELSE entry \in asked \cup {ScrubMark} \/ Ends(entry, members[r])
    /\ entry.kind = "reconfigure" => next[r] = known[r] + 1
    /\ Ends(entry, members[r]) => \A voters \in {members[r].voters, entry.voters} : IsGranted(r, voters)
    /\ Send([kind |-> "accept", ballot |-> PromisedBallot(r), generation |-> members[r].generation, slot |-> next[r],
             entry |-> entry])
    /\ next' = [next EXCEPT ![r] = @ + 1]
    /\ UNCHANGED <<diskVars, role, adopted, counted, heir, leaseVars, stateVars, clientVars, archive>>

\* Leader r learns that a quorum has synced its proposal in the first slot that it does not know chosen, and tells. It has
\* written the proposal down itself by then, so that whoever knows a slot chosen holds it. Where another generation begins
\* it is a candidate once more, at the same ballot: it has yet to hear what the new voters have promised and accepted.
Choose(r) ==
    LET slot == known[r] + 1
        ballot == PromisedBallot(r)
        votes == {m \in messages : m.kind = "accepted" /\ m.ballot = ballot /\ m.slot = slot}
    IN  /\ role[r] = "leader"
        /\ \A voters \in Electorates(r) : IsQuorum({m.from : m \in votes}, voters)
        /\ \E record \in Accepts(log[r], slot) :
            /\ record.ballot = ballot
            /\ members' = [members EXCEPT ![r] = After(@, record.entry)]
            /\ role' = [role EXCEPT ![r] = IF Ends(record.entry, members[r]) THEN "candidate" ELSE @]
            /\ Send([kind |-> "chosen", ballot |-> ballot, generation |-> record.generation, slot |-> slot,
                     entry |-> record.entry])
        /\ known' = [known EXCEPT ![r] = slot]
        /\ UNCHANGED <<diskVars, leaderVars, leaseVars, store, results, clientVars, archive>>

\* Leader r, while it holds its lease, tells a client what was done in a slot, once it has applied it. Here a leader alone
\* finds out what is chosen, and whoever leads next adopts that before it may be read; so no model breaks without the
\* lease. It is asked for all the same, so that safety does not rest on who counts.
Acknowledge(r, slot) ==
    /\ HoldsLease(r)
    /\ slot \in DOMAIN results[r] /\ results[r][slot].entry.kind \notin {"no-op", "scrub-mark", "reconfigure"}
    /\ replies' = replies \cup {[entry |-> results[r][slot].entry, slot |-> slot, reply |-> results[r][slot].reply]}
    /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, stateVars, messages, asked, reads, archive>>

\* Leader r, while it holds its lease, tells a client what is there now: from its own store, without asking anybody.
Read(r, key) ==
    /\ MayRead(r)
    /\ reads' = reads \cup {[kind |-> "consistent", key |-> key, slot |-> Len(results[r]), reply |-> Found(r, key)]}
    /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, stateVars, messages, asked, replies, archive>>

\* Leader r asks everybody, itself included, for a lease, or for a longer one.
AskLease(r) ==
    /\ role[r] = "leader"
    /\ Send([kind |-> "ask-lease", ballot |-> PromisedBallot(r)])
    /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, stateVars, clientVars, archive>>

\* Leader r counts a grant for its ballot: of an earlier one nothing is left.
Hold(r, m) ==
    /\ role[r] = "leader"
    /\ m.kind = "grant" /\ m \in messages
    /\ m.ballot = PromisedBallot(r)
    /\ counted' = [counted EXCEPT ![r] = @ \cup {m.from}]
    /\ UNCHANGED <<diskVars, role, adopted, next, heir, leaseVars, stateVars, messages, clientVars, archive>>

\* Leader r hands over: it leads no more, at this ballot never again, and names the one that need not wait for the lease.
\* That may be itself, which needs a higher ballot when one replica has promised one to a candidate that came to nothing.
HandOver(r, successor) ==
    /\ role[r] = "leader"
    /\ successor \in Replica
    /\ Send([kind |-> "release", ballot |-> PromisedBallot(r), successor |-> successor])
    /\ Becomes(r, "follower")
    /\ heir' = [heir EXCEPT ![r] = NoBallot]
    /\ UNCHANGED <<diskVars, leaseVars, stateVars, clientVars, archive>>

\* Leader r falls silent, because it gets no lease.
StepDown(r) ==
    /\ role[r] = "leader"
    /\ Becomes(r, "follower")
    /\ heir' = [heir EXCEPT ![r] = NoBallot]
    /\ UNCHANGED <<diskVars, leaseVars, stateVars, messages, clientVars, archive>>

--------------------------------------------------------------------------------
\* Actions of every replica

\* Replica r writes down a candidate's ballot: it will accept nothing below it.
Promise(r, m) ==
    /\ IsOn(r)
    /\ m.kind = "prepare" /\ m \in messages
    /\ Below(PromisedBallot(r), m.ballot)
    /\ MayPromise(r, m.released)
    /\ Write(r, [kind |-> "promise", ballot |-> m.ballot])
    /\ Follow(r, m.ballot)
    /\ MindsNothing(r)
    /\ UNCHANGED <<synced, stateVars, messages, clientVars, archive>>

\* Replica r answers the candidate, once its promise is synced, and reports what it has accepted. It may have heard of the
\* ballot only by what it accepted or learned at it: that promises as well.
Promised(r) ==
    /\ IsOn(r)
    /\ SyncedBallot(r) = PromisedBallot(r)
    /\ \E m \in messages : m.kind = "prepare" /\ m.ballot = PromisedBallot(r)
    /\ Send([kind |-> "promised", from |-> r, ballot |-> PromisedBallot(r),
             trimmed |-> TrimmedTo(SyncedLog(r)), accepted |-> Report(SyncedLog(r))])
    /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, stateVars, clientVars, archive>>

\* Replica r writes down a leader's entry.
Accept(r, m) ==
    /\ IsOn(r)
    /\ m.kind = "accept" /\ m \in messages
    /\ ~ Below(m.ballot, PromisedBallot(r))
    /\ m.ballot = PromisedBallot(r) \/ MayPromise(r, NoBallot)
    /\ m.slot > TrimmedTo(log[r])
    /\ \A record \in Accepts(log[r], m.slot) : record.ballot # m.ballot
    /\ HoldsBefore(r, m.slot, m.ballot)
    /\ Write(r, [kind |-> "accept", ballot |-> m.ballot, generation |-> m.generation, slot |-> m.slot, entry |-> m.entry])
    /\ Follow(r, m.ballot)
    /\ UNCHANGED <<synced, leaseVars, stateVars, messages, clientVars, archive>>

\* Replica r answers the leader, once what it accepted is synced.
Accepted(r, record) ==
    /\ IsOn(r)
    /\ record \in Range(SyncedLog(r)) /\ record.kind = "accept"
    /\ Send([kind |-> "accepted", from |-> r, ballot |-> record.ballot, slot |-> record.slot])
    /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, stateVars, clientVars, archive>>

\* What r writes down when it is told what is chosen: at a ballot that is not below what rotted there, so that this does not
\* count any more. That is sound, because no ballot above one at which an entry is chosen has another.
WriteChosen(r, m) ==
    LET ballot == Highest({m.ballot, CorruptBallot(log[r], m.slot)})
    IN  Write(r, [kind |-> "accept", ballot |-> ballot, generation |-> m.generation, slot |-> m.slot, entry |-> m.entry])

\* Replica r is told that the first slot that it does not know chosen is, and writes the entry down unless it holds it. To
\* hold it at a lower ballot is not enough: r will tell it at that one, to somebody who holds something of a ballot between.
Learn(r, m) ==
    /\ role[r] \in {"follower", "candidate"}
    /\ m.kind = "chosen" /\ m \in messages
    /\ m.slot = known[r] + 1
    /\ m.slot > TrimmedTo(log[r])
    /\ IF HoldsEntry(r, m.slot, m.entry) /\ ~ Below(Last(Accepts(log[r], m.slot)).ballot, m.ballot)
       THEN UNCHANGED log
       ELSE WriteChosen(r, m)
    /\ known' = [known EXCEPT ![r] = m.slot]
    /\ members' = [members EXCEPT ![r] = After(@, m.entry)]
    /\ UNCHANGED <<synced, role, leaderVars, leaseVars, store, results, messages, clientVars, archive>>

\* Replica r is told again what is chosen in a slot that it knows chosen and cannot read any more, and writes it down anew.
\* A leader does so only at a ballot that leaves it its own.
Repair(r, m) ==
    /\ IsOn(r)
    /\ m.kind = "chosen" /\ m \in messages
    /\ m.slot \in TrimmedTo(log[r]) + 1 .. known[r]
    /\ CorruptBallot(log[r], m.slot) # NoBallot
    /\ role[r] = "leader" => ~ Below(PromisedBallot(r), m.ballot)
    /\ WriteChosen(r, m)
    /\ UNCHANGED <<synced, role, leaderVars, leaseVars, stateVars, messages, clientVars, archive>>

\* Replica r tells what is chosen in a slot, at the ballot at which it holds it: at which it was chosen it may have
\* forgotten, and that is no higher one.
Tell(r, slot) ==
    /\ IsOn(r)
    /\ slot \in TrimmedTo(log[r]) + 1 .. known[r]
    /\ Accepts(log[r], slot) # {} /\ CorruptBallot(log[r], slot) = NoBallot
    /\ LET last == Last(Accepts(log[r], slot))
       IN  Send([kind |-> "chosen", ballot |-> last.ballot, generation |-> last.generation, slot |-> slot, entry |-> last.entry])
    /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, stateVars, clientVars, archive>>

\* Replica r applies the next slot, known chosen, of which the record that counts is synced in its own log.
Apply(r) ==
    LET slot == Len(results[r]) + 1
        entry == EntryOf(r, slot)
        after == Machine!Apply(store[r], slot, entry)
    IN  /\ IsOn(r) /\ r \notin LogReplicas
        /\ slot \in TrimmedTo(log[r]) + 1 .. known[r]
        /\ Last(Accepts(log[r], slot)) \in Accepts(SyncedLog(r), slot)
        /\ store' = [store EXCEPT ![r] = after.state]
        /\ results' = [results EXCEPT ![r] = Append(@, [entry |-> entry, reply |-> after.reply])]
        /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, known, members, messages, clientVars, archive>>

\* Replica r fetches the next slots up to this one from the archive, of those that its log was trimmed of. That the log
\* says so comes first: it may hold there what an earlier leader proposed, and would tell others that it was chosen. A
\* leader need not propose there any more. Where it comes to another generation like that, it is a candidate once more, as
\* when it chose the entry itself: those that vote there may have chosen something that it has not heard of.
Fetch(r, slot) ==
    /\ IsOn(r) /\ r \notin LogReplicas
    /\ slot \in Len(results[r]) + 1 .. TrimmedTo(SyncedLog(r))
    /\ \E fetched \in {Fetched(store[r], results[r], slot)} :
        /\ store' = [store EXCEPT ![r] = fetched.store]
        /\ results' = [results EXCEPT ![r] = fetched.results]
        /\ members' = [members EXCEPT ![r] = IF slot > known[r] THEN MembersOf(fetched.results, slot) ELSE @]
    /\ known' = [known EXCEPT ![r] = Most({@, slot})]
    /\ next' = [next EXCEPT ![r] = IF role[r] = "leader" THEN Most({@, known'[r] + 1}) ELSE @]
    /\ role' = [role EXCEPT ![r] = IF @ = "leader" /\ members'[r] # members[r] THEN "candidate" ELSE @]
    /\ UNCHANGED <<diskVars, adopted, counted, heir, leaseVars, messages, clientVars, archive>>

\* Replica r gives away what it has applied until now, as a whole. It travels in parts while more is applied; what comes
\* together in the end is the state as it is now.
Snapshot(r) ==
    /\ IsOn(r) /\ r \notin LogReplicas
    /\ results[r] # <<>>
    /\ Send([kind |-> "snapshot", ballot |-> NoBallot, slot |-> Len(results[r]), store |-> store[r], results |-> results[r]])
    /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, stateVars, clientVars, archive>>

\* Replica r puts a snapshot in the place of its state rather than fetch slot by slot what it is missing; its log says first
\* that it has nothing of that, as there. Who leads has nothing to make up for.
Install(r, m) ==
    /\ IsOn(r) /\ r \notin LogReplicas
    /\ role[r] # "leader"
    /\ m.kind = "snapshot" /\ m \in messages
    /\ m.slot \in Len(results[r]) + 1 .. TrimmedTo(SyncedLog(r))
    /\ store' = [store EXCEPT ![r] = m.store]
    /\ results' = [results EXCEPT ![r] = m.results]
    /\ members' = [members EXCEPT ![r] = IF m.slot > known[r] THEN MembersOf(m.results, m.slot) ELSE @]
    /\ known' = [known EXCEPT ![r] = Most({@, m.slot})]
    /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, messages, clientVars, archive>>

\* Replica r writes down up to which slot it needs its log no more: the archive has that. It has applied it, or will fetch
\* it, because nobody can tell it any more; a log replica does neither, and knows it chosen. It writes its promised ballot
\* down once more, which may stand nowhere else in what is left; and may do so again where that stands too far back.
Trim(r, slot) ==
    /\ IsOn(r)
    /\ PromisedBallot(r) # NoBallot
    /\ slot \in TrimmedTo(log[r]) .. Len(archive)
    /\ Write(r, [kind |-> "trim", ballot |-> PromisedBallot(r), slot |-> slot])
    /\ known' = [known EXCEPT ![r] = IF r \in LogReplicas THEN Most({@, slot}) ELSE @]
    /\ UNCHANGED <<synced, role, leaderVars, leaseVars, members, store, results, messages, clientVars, archive>>

\* Replica r tells a client what was there at some time: any replica may, if it is as far as the client has seen already.
ReadEventually(r, key, atLeast) ==
    /\ IsOn(r) /\ r \notin LogReplicas
    /\ Len(results[r]) >= atLeast
    /\ reads' = reads \cup {[kind |-> "eventual", key |-> key, slot |-> Len(results[r]), reply |-> Found(r, key)]}
    /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, stateVars, messages, asked, replies, archive>>

--------------------------------------------------------------------------------
\* Scrub

\* Replica r says what its state has come to, right after a mark.
Hash(r) ==
    /\ IsOn(r) /\ r \notin LogReplicas
    /\ results[r] # <<>> /\ results[r][Len(results[r])].entry = ScrubMark
    /\ Send([kind |-> "hashed", ballot |-> NoBallot, from |-> r, slot |-> Len(results[r]), store |-> store[r]])
    /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, stateVars, clientVars, archive>>

\* Replica r begins with an empty state, as after a power-off that left none; its log is as it was. What it said of its
\* state is over.
BeginsAgain(r) ==
    /\ IsOn(r) /\ r \notin LogReplicas
    /\ Becomes(r, "follower")
    /\ heir' = [heir EXCEPT ![r] = NoBallot]
    /\ known' = [known EXCEPT ![r] = 0]
    /\ members' = [members EXCEPT ![r] = FirstMembers]
    /\ store' = [store EXCEPT ![r] = Machine!Init(FirstSessions)]
    /\ results' = [results EXCEPT ![r] = <<>>]
    /\ messages' = {m \in messages : m.kind = "hashed" => m.from # r}

\* Replica r is wrong: at a mark it had come to something else than the archived log does, and another had not. That most
\* copies are the same would prove nothing; and neither does the archive alone, or what reads it may be at fault.
Quarantine(r, slot) ==
    /\ slot \in 1 .. Len(archive)
    /\ \E right \in {Reference(slot)} :
        /\ \E m \in messages : m.kind = "hashed" /\ m.slot = slot /\ m.from = r /\ m.store # right
        /\ \E m \in messages : m.kind = "hashed" /\ m.slot = slot /\ m.from # r /\ m.store = right
    /\ BeginsAgain(r)
    /\ UNCHANGED <<diskVars, leaseVars, clientVars, archive>>

\* Replica r finds by itself that its state is not what it wrote.
Discard(r) ==
    /\ BeginsAgain(r)
    /\ UNCHANGED <<diskVars, leaseVars, clientVars, archive>>

--------------------------------------------------------------------------------
\* Actions of a grantor

\* Replica r gives a leader its word to promise no other ballot for a time. It gives it at its promised ballot only, and
\* once that is synced: after a power-off it must not promise what it refused before.
Grant(r, m) ==
    /\ IsOn(r)
    /\ m.kind = "ask-lease" /\ m \in messages
    /\ m.ballot = PromisedBallot(r)
    /\ m.ballot = SyncedBallot(r)
    /\ lease[r] \in {NoBallot, m.ballot}
    /\ lease' = [lease EXCEPT ![r] = m.ballot]
    /\ Send([kind |-> "grant", from |-> r, ballot |-> m.ballot])
    /\ UNCHANGED <<diskVars, role, leaderVars, sittingOut, stateVars, clientVars, archive>>

\* What replica r granted last runs out, and the time is over too in which it sits out what it may have granted before a
\* restart. By then nobody counts it any more, and nobody who has yet to hear of it will.
RunOut(r) ==
    /\ IsOn(r)
    /\ lease[r] # NoBallot \/ r \in sittingOut
    /\ lease' = [lease EXCEPT ![r] = NoBallot]
    /\ sittingOut' = sittingOut \ {r}
    /\ counted' = [holder \in Replica |-> counted[holder] \ {r}]
    /\ messages' = {m \in messages : m.kind = "grant" => m.from # r}
    /\ UNCHANGED <<diskVars, role, adopted, next, heir, stateVars, clientVars, archive>>

--------------------------------------------------------------------------------
\* Actions of the disk

\* A sync of replica r's log returns. It covers what was written when it began, perhaps not what came since.
Sync(r, count) ==
    /\ IsOn(r)
    /\ count \in synced[r] + 1 .. Len(log[r])
    /\ synced' = [synced EXCEPT ![r] = count]
    /\ UNCHANGED <<log, role, leaderVars, leaseVars, stateVars, messages, clientVars, archive>>

\* Replica r loses its power, and with it all that is not on a disk: of the log any part that was not synced, and the last
\* slots of its store, which has no log of its own and gets them back from this one. A store that rotted is as good as
\* one that kept nothing.
PowerOff(r, count, kept) ==
    /\ IsOn(r)
    /\ count \in synced[r] .. Len(log[r])
    /\ kept \in 0 .. Len(results[r])
    /\ log' = [log EXCEPT ![r] = SubSeq(@, 1, count)]
    /\ synced' = [synced EXCEPT ![r] = count]
    /\ Becomes(r, "off")
    /\ heir' = [heir EXCEPT ![r] = NoBallot]
    /\ lease' = [lease EXCEPT ![r] = NoBallot]
    /\ known' = [known EXCEPT ![r] = IF r \in LogReplicas THEN TrimmedTo(SubSeq(log[r], 1, count)) ELSE kept]
    /\ members' = [members EXCEPT ![r] = MembersOf(results[r], kept)]
    /\ store' = [store EXCEPT ![r] = StateOf(results[r], kept)]
    /\ results' = [results EXCEPT ![r] = SubSeq(@, 1, kept)]
    /\ UNCHANGED <<sittingOut, messages, clientVars, archive>>

\* A record of replica r rots. While a replica is on, nobody notices: what it needs of its log it has in memory. What
\* rotted once stays so.
Rot(r, i) ==
    /\ role[r] = "off"
    /\ i \in DOMAIN log[r] /\ log[r][i].kind \in {"accept", "corrupt"}
    /\ log' = [log EXCEPT ![r][i] =
            IF @.kind = "corrupt"
            THEN @
            ELSE [kind |-> "corrupt", ballot |-> @.ballot, generation |-> @.generation, slot |-> @.slot, was |-> @.entry]]
    /\ UNCHANGED <<synced, role, leaderVars, leaseVars, stateVars, messages, clientVars, archive>>

\* What replica r has under a key is something else all of a sudden: it rotted where it lies, or a program did something
\* else there than it should. Nobody notices.
Decay(r, key, held) ==
    /\ role[r] # "lost" /\ r \notin LogReplicas
    /\ key \in DOMAIN store[r].store /\ held # Store!Held(store[r].store, key)
    /\ store' = [store EXCEPT ![r].store = IF held = <<>> THEN Store!Without(@, key) ELSE Store!With(@, key, held[1])]
    /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, known, members, results, messages, clientVars, archive>>

\* The disk of replica r is lost, or what it promised can be read no more. Nothing that comes back in its place may go by
\* its name. What it had accepted was chosen all the same, so its log is kept here.
LoseDisk(r) ==
    /\ role[r] = "off"
    /\ role' = [role EXCEPT ![r] = "lost"]
    /\ UNCHANGED <<diskVars, leaderVars, leaseVars, stateVars, messages, clientVars, archive>>

\* Replica r comes back with what its disk kept. It does not go on at a ballot of its own, whose slots it may have used;
\* and it sits out whatever it may have granted.
Restart(r) ==
    /\ role[r] = "off"
    /\ role' = [role EXCEPT ![r] = "follower"]
    /\ sittingOut' = sittingOut \cup {r}
    /\ UNCHANGED <<diskVars, leaderVars, lease, stateVars, messages, clientVars, archive>>

--------------------------------------------------------------------------------
\* Actions of the archive

\* The archive takes the next slots up to this one, of each of which somebody told what is chosen there. It keeps what it
\* has.
Archive(slot) ==
    LET told(one) == {m.entry : m \in {some \in messages : some.kind = "chosen" /\ some.slot = one}}
    IN  /\ slot > Len(archive)
        /\ \A one \in Len(archive) + 1 .. slot : told(one) # {}
        /\ archive' = archive \o [i \in 1 .. slot - Len(archive) |-> The(told(Len(archive) + i))]
        /\ UNCHANGED <<diskVars, role, leaderVars, leaseVars, stateVars, messages, clientVars>>

--------------------------------------------------------------------------------
\* The next-state relation

Client == \E entry \in Entry : Ask(entry)

Released == {NoBallot} \cup {m.ballot : m \in {some \in messages : some.kind = "release"}}

Candidate(r) ==
    \/ \E round \in Round, released \in Released : Stand(r, round, released)
    \/ Prepare(r)
    \/ \E answered \in SUBSET Replica : Lead(r, answered)

Leader(r) ==
    \/ \E entry \in asked \cup {NoOp} \cup Reconfigure : Propose(r, entry)
    \/ Choose(r)
    \/ \E slot \in DOMAIN results[r] : Acknowledge(r, slot)
    \/ \E key \in Key : Read(r, key)
    \/ AskLease(r)
    \/ \E m \in messages : Hold(r, m)
    \/ \E successor \in Replica : HandOver(r, successor)
    \/ StepDown(r)

Voter(r) ==
    \/ \E m \in messages : Promise(r, m)
    \/ Promised(r)
    \/ \E m \in messages : Accept(r, m)
    \/ \E record \in Range(log[r]) : Accepted(r, record)
    \/ \E m \in messages : Learn(r, m) \/ Repair(r, m)
    \/ \E slot \in 1 .. known[r] : Tell(r, slot)
    \/ Apply(r)
    \/ \E slot \in DOMAIN archive : Fetch(r, slot)
    \/ Snapshot(r)
    \/ \E m \in messages : Install(r, m)
    \/ \E slot \in 0 .. Len(archive) : Trim(r, slot)
    \/ \E key \in Key, atLeast \in Nat : ReadEventually(r, key, atLeast)

Scrubbed(r) ==
    \/ Hash(r)
    \/ \E slot \in 1 .. Len(archive) : Quarantine(r, slot)
    \/ Discard(r)

Grantor(r) ==
    \/ \E m \in messages : Grant(r, m)
    \/ RunOut(r)

Disk(r) ==
    \/ \E count \in 1 .. Len(log[r]) : Sync(r, count)
    \/ \E i \in DOMAIN log[r] : Rot(r, i)
    \/ \E key \in Key, held \in Store!MaybeValue : Decay(r, key, held)
    \/ LoseDisk(r)

Power(r) ==
    \/ \E count \in 0 .. Len(log[r]), kept \in 0 .. Len(results[r]) : PowerOff(r, count, kept)
    \/ Restart(r)

Next ==
    \/ Client
    \/ \E slot \in Slot : Archive(slot)
    \/ \E r \in Replica : Candidate(r) \/ Leader(r) \/ Voter(r) \/ Scrubbed(r) \/ Grantor(r) \/ Disk(r) \/ Power(r)

Spec == Init /\ [][Next]_vars

--------------------------------------------------------------------------------
\* What is chosen, as anybody sees who can look at all disks at once

\* What was ever accepted there among these records: a slot stays chosen when a copy of it rots.
EverAccepted(records, slot) ==
    {[ballot |-> records[i].ballot, generation |-> records[i].generation,
      entry |-> IF records[i].kind = "accept" THEN records[i].entry ELSE records[i].was]
         : i \in {n \in DOMAIN records : records[n].kind \in {"accept", "corrupt"} /\ records[n].slot = slot}}

\* The entries that a quorum of a generation has synced in a slot, for that generation and at one ballot: of the next one
\* too, where that begins.
ChosenIn(slot, present) ==
    LET held == [r \in Replica |-> EverAccepted(SyncedLog(r), slot)]
        holders(accept) == {r \in Replica : accept \in held[r]}
    IN  {accept.entry : accept \in
            {a \in UNION Range(held) :
                /\ a.generation = present.generation
                /\ IsQuorum(holders(a), present.voters)
                /\ Ends(a.entry, present) => IsQuorum(holders(a), a.entry.voters)}}

\* What is chosen in slot 1, 2 and so on, up to the first slot with nothing chosen: of each slot the set of all that is.
RECURSIVE ChosenFrom(_, _)
ChosenFrom(slot, present) ==
    The({IF chosen = {} THEN <<>> ELSE <<chosen>> \o ChosenFrom(slot + 1, After(present, The(chosen))) :
         chosen \in {ChosenIn(slot, present)}})

ChosenSets == ChosenFrom(1, FirstMembers)

\* The log.
ChosenLog == The({[slot \in DOMAIN sets |-> The(sets[slot])] : sets \in {ChosenSets}})

\* The generation after the first n of these entries.
RECURSIVE MembersAfter(_, _)
MembersAfter(entries, n) == IF n = 0 THEN FirstMembers ELSE After(MembersAfter(entries, n - 1), entries[n])

\* Whether a slot holds a write that counts: its session was begun before it, and has neither ended nor held it since.
Counts(entries, n) ==
    LET entry == entries[n]
        begun == IF entry.session \in FirstSessions THEN 0 ELSE entry.session
    IN  /\ entry.kind = "write"
        /\ begun < n
        /\ begun > 0 => entries[begun].kind = "begin"
        /\ \A slot \in begun + 1 .. n - 1 : entries[slot] \notin {entry, [kind |-> "end", session |-> entry.session]}

\* The writes that count, of the first n slots, in their order.
RECURSIVE Counting(_, _)
Counting(entries, n) ==
    IF n = 0
    THEN <<>>
    ELSE Counting(entries, n - 1) \o (IF Counts(entries, n) THEN <<entries[n]>> ELSE <<>>)

CountingLog == The({Counting(entries, Len(entries)) : entries \in {ChosenLog}})

\* What the first n slots of a log come to.
RECURSIVE StateAfter(_, _)
StateAfter(entries, n) ==
    IF n = 0 THEN Machine!Init(FirstSessions) ELSE Machine!Apply(StateAfter(entries, n - 1), n, entries[n]).state

\* How far some client knows the log to be: whatever any was told, but for eventual reads, lies there or before.
LastSeen ==
    LET slots == {told.slot : told \in replies} \cup {read.slot : read \in {some \in reads : some.kind = "consistent"}}
    IN  IF slots = {} THEN 0 ELSE CHOOSE slot \in slots : \A other \in slots : other <= slot

--------------------------------------------------------------------------------
\* Invariants

\* A slot has one chosen entry. Broken by a leader that does not propose again what its promises
\* report.
AgreementInv == \A chosen \in Range(ChosenSets) : Cardinality(chosen) = 1

\* Only what a client asked for is ever written down, and who votes.
ValidityInv ==
    \A r \in Replica : \A i \in DOMAIN log[r] :
        log[r][i].kind = "accept" => log[r][i].entry \in asked \cup {NoOp, ScrubMark} \/ log[r][i].entry.kind = "reconfigure"

\* A ballot has one entry in a slot, on whatever disk. Broken by a candidate that asks before its own ballot is synced.
OneValuePerBallotInv ==
    \A r, other \in Replica : \A one \in Range(log[r]), two \in Range(log[other]) :
        one.kind = "accept" /\ two.kind = "accept" /\ one.slot = two.slot /\ one.ballot = two.ballot =>
            one.entry = two.entry /\ one.generation = two.generation

\* One leader at most holds a lease. Broken by a replica that promises another ballot while it minds a lease, or forgets
\* after a restart that it may have granted one.
OneHolderInv == \A one, other \in Replica : HoldsLease(one) /\ HoldsLease(other) => one = other

\* Whoever may answer a consistent read now has applied all that any client was told. Broken by a leader that reads before
\* it has applied what its phase 1 reported.
FreshReadsInv == \A r \in Replica : MayRead(r) => Len(results[r]) >= LastSeen

\* An eventual read tells what the chosen log comes to at the slot that it names: it may be late, and is never wrong.
EventualPrefixInv ==
    \A read \in {some \in reads : some.kind = "eventual"} :
        /\ read.slot <= Len(ChosenLog)
        /\ read.reply = Store!Get(StateAfter(ChosenLog, read.slot).store, [kind |-> "get", key |-> read.key]).reply

\* Nothing was sent before the sync that makes it true. Broken by an accept that is answered before it is synced.
SyncedBeforeSentInv ==
    \A m \in messages :
        /\ m.kind \in {"promised", "grant"} => ~ Below(SyncedBallot(m.from), m.ballot)
        /\ m.kind = "accepted" =>
            \E accept \in EverAccepted(SyncedLog(m.from), m.slot) : accept.ballot = m.ballot
        /\ m.kind = "prepare" =>
            [kind |-> "promise", ballot |-> m.ballot] \in Range(SyncedLog(m.ballot.replica))

\* Of every quorum of the present voters that may still answer, somebody holds what a client was told, or knows that it did.
\* Broken by a generation that begins before its voters hold what was chosen in the one before.
OnEveryQuorumInv ==
    \A chosen \in {ChosenLog} : \A voters \in {MembersAfter(chosen, Len(chosen)).voters} :
        \A told \in replies : \A quorum \in SUBSET {r \in voters : role[r] # "lost"} :
            IsQuorum(quorum, voters) =>
                \E r \in quorum :
                    \/ told.slot <= TrimmedTo(SyncedLog(r))
                    \/ \E accept \in EverAccepted(SyncedLog(r), told.slot) : accept.entry = told.entry

\* Only who keeps the whole state leads.
LogReplicasNeverLeadInv == \A r \in LogReplicas : role[r] \notin {"candidate", "leader"} /\ results[r] = <<>>

\* What a client was told is chosen, and stays so, whatever loses its power.
DurableBeforeAcknowledgedInv ==
    LET chosen == ChosenLog
    IN  \A told \in replies : told.slot <= Len(chosen) /\ chosen[told.slot] = told.entry

\* What a replica knows chosen is chosen, and it holds it or has applied it.
KnownIsChosenInv ==
    LET chosen == ChosenLog
    IN  \A r \in Replica :
            /\ known[r] <= Len(chosen)
            /\ \A slot \in (IF r \in LogReplicas THEN TrimmedTo(log[r]) + 1 ELSE 1) .. known[r] :
                chosen[slot] = IF slot <= Len(results[r]) THEN results[r][slot].entry ELSE EntryOf(r, slot)

\* What anybody tells is chosen is chosen. Broken by a replica that tells what it holds where it was trimmed.
ToldIsChosenInv ==
    LET chosen == ChosenLog
    IN  \A m \in messages : m.kind = "chosen" => m.slot <= Len(chosen) /\ chosen[m.slot] = m.entry

\* What a replica applied is synced in its own log, or in the archive, so that its state never runs ahead of what a
\* power-off leaves.
AppliedIsSyncedInv ==
    \A r \in Replica : \A slot \in DOMAIN results[r] :
        \/ slot \in DOMAIN archive /\ archive[slot] = results[r][slot].entry
        \/ \E accept \in EverAccepted(SyncedLog(r), slot) : accept.entry = results[r][slot].entry

\* The state of a replica is what the slots that it applied come to, unless something decays. Broken by a snapshot that leaves something out.
StateFollowsLogInv == \A r \in Replica : store[r] = StateOf(results[r], Len(results[r]))

\* The archive holds the first slots of what is chosen, without a gap.
ArchiveIsPrefixInv == Len(archive) <= Len(ChosenLog) /\ archive = SubSeq(ChosenLog, 1, Len(archive))

\* What a log was trimmed of, the archive holds. Broken by a replica that takes its own state for enough.
TrimmedIsArchivedInv == \A r \in Replica : TrimmedTo(log[r]) <= Len(archive)

--------------------------------------------------------------------------------
\* Properties

\* How many of the first slots hold writes that count.
Places(slot) == Len(Counting(ChosenLog, slot))

\* The group does what any replicated log must do. Linearizable replies and reads, that a write counts once, and that a
\* chosen slot never changes, are in it. What a client was told that is no answer of the store, such as that its session is
\* over, claims nothing there.
Abstract == INSTANCE ReplicatedLog WITH
    asked <- {entry \in asked : entry.kind = "write"},
    chosen <- CountingLog,
    replies <- {[write |-> told.entry, reply |-> told.reply] : told \in {some \in replies : some.reply.outcome \in {"done", "unmet"}}},
    reads <- {[kind |-> read.kind, key |-> read.key, place |-> Places(read.slot), reply |-> read.reply] : read \in reads}

\* Nothing changes there unless something of this changes here.
AbstractsFrom == <<[r \in Replica |-> SyncedLog(r)], clientVars>>

\* To look first whether anything changed takes TLC a third of the time; it says the same as Abstract!Spec.
RefinementProp ==
    Abstract!Init /\ [][UNCHANGED AbstractsFrom \/ UNCHANGED Abstract!vars \/ Abstract!Next]_(Abstract!vars)

================================================================================
