---- MODULE ReplicationGroupModel ----
\* ReplicationGroup with bounds: its actions as often as a model allows them, and in the order that a reduction leaves.
\*
\* Run by ReplicationGroup.*.cfg.
EXTENDS ReplicationGroup

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Standing,       \* Who may stand for leader, and in which round: ballots.
    Entries,        \* What clients may ask for.
    Replacements,   \* Which other voters may be proposed.
    Slots,          \* How many slots a leader proposes in, at most.
    PowerOffs,      \* How often a replica loses its power, at most.
    Leases,         \* Whether there are leases. Where there are none, HoldsLease and IsGranted have to be replaced by Leads and Always.
    Keeps,          \* Whether a store may keep what is applied when its replica loses its power.
    Rots,           \* How many records rot, at most.
    Losses,         \* How many disks are lost, at most.
    Trims,          \* How often logs are trimmed, at most. Where never, nothing is archived either.
    Leavings,       \* How often a leader hands over or falls silent, at most.
    Reads           \* Whether clients read. Where they do not, FreshReadsInv says of each state that they might.

\* Values for them.
ThreeReplicas == <<"a", "b", "c">>
FourReplicas == <<"a", "b", "c", "d">>
DForA == {{"b", "c", "d"}}
OnlyALater == {[round |-> 2, replica |-> "a"]}
OnlyD == {[round |-> 3, replica |-> "d"]}
OnlyCLater == {[round |-> 2, replica |-> "c"]}
Everybody == Replica
OnlyABC == {"a", "b", "c"}
DForC == {{"a", "b", "d"}}
TwoAndDOrE == DForC \cup {{"a", "b", "e"}, {"a", "d", "e"}, {"b", "c", "d"}, {"b", "d", "e"}}
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
FiveBallots == FourBallots \cup {[round |-> 5, replica |-> "e"]}
PutsOf(session) == {[Put EXCEPT !.session = session, !.number = n] : n \in 1 .. 3}
SixWrites == PutsOf(101) \cup {[Get EXCEPT !.number = n] : n \in 1 .. 3}
OnlyB == {[round |-> 2, replica |-> "b"]}
NoBallots == {}
OnlyBLater == {[round |-> 3, replica |-> "b"]}
BThenC == {[round |-> 2, replica |-> "b"], [round |-> 3, replica |-> "c"]}
AThenBThenC == AThenB \cup {[round |-> 3, replica |-> "c"]}
PutAgain == [Put EXCEPT !.number = 2]
OnePut == {Put}
PutAndGet == {Put, Get}
PutGetAndPut == {Put, Get, PutAgain}

--------------------------------------------------------------------------------
\* Variables

VARIABLE powerOffs      \* How often a replica lost its power.
VARIABLE lost           \* Whether one of them lost a record.
VARIABLE leavings       \* How often a leader handed over or fell silent.
VARIABLE rots           \* How many records rotted.
VARIABLE trims          \* How often a log was trimmed.

boundVars == <<powerOffs, lost, leavings, rots, trims>>

modelVars == <<vars, boundVars>>

NothingHappened ==
    /\ powerOffs = 0
    /\ lost = FALSE
    /\ leavings = 0
    /\ rots = 0
    /\ trims = 0

LeaderlessInit == Init /\ NothingHappened

\* What every model begins with.
InitOfAll(entries) ==
    /\ adopted = [r \in Replica |-> <<>>]
    /\ counted = [r \in Replica |-> {}]
    /\ heir = [r \in Replica |-> NoBallot]
    /\ lease = [r \in Replica |-> NoBallot]
    /\ sittingOut = {}
    /\ known = [r \in Replica |-> 0]
    /\ members = [r \in Replica |-> FirstMembers]
    /\ store = [r \in Replica |-> Machine!Init(FirstSessions)]
    /\ results = [r \in Replica |-> <<>>]
    /\ asked = entries
    /\ replies = {}
    /\ reads = {}
    /\ archive = <<>>
    /\ NothingHappened

PrepareOf(ballot) == [kind |-> "prepare", ballot |-> ballot, released |-> NoBallot]

\* The same, but replica a leads at ballot 1.a and every replica has promised it, and clients have asked for these.
Elected(entries) ==
    LET ballot == [round |-> 1, replica |-> "a"]
    IN  /\ log = [r \in Replica |-> <<[kind |-> "promise", ballot |-> ballot]>>]
        /\ synced = [r \in Replica |-> 1]
        /\ role = [r \in Replica |-> IF r = "a" THEN "leader" ELSE "follower"]
        /\ messages = {PrepareOf(ballot)}
            \cup {[kind |-> "promised", from |-> r, ballot |-> ballot, trimmed |-> 0, accepted |-> <<>>] : r \in Replica}
        /\ next = [r \in Replica |-> 1]
        /\ InitOfAll(entries)

\* Everybody has lost its power while a led at ballot 1.a: any of them may have accepted what a proposed in slot 1, and
\* may have told before.
DarkInit ==
    LET ballot == [round |-> 1, replica |-> "a"]
        promise == [kind |-> "promise", ballot |-> ballot]
        accept == [kind |-> "accept", ballot |-> ballot, generation |-> 1, slot |-> 1, entry |-> Put]
    IN  \E holders \in SUBSET Replica :
        /\ log = [r \in Replica |-> IF r \in holders THEN <<promise, accept>> ELSE <<promise>>]
        /\ synced = [r \in Replica |-> Len(log[r])]
        /\ role = [r \in Replica |-> "off"]
        /\ next = [r \in Replica |-> 1]
        /\ messages = {PrepareOf(ballot), accept}
            \cup {[kind |-> "promised", from |-> r, ballot |-> ballot, trimmed |-> 0, accepted |-> <<>>] : r \in Replica}
            \cup {[kind |-> "accepted", from |-> r, ballot |-> ballot, slot |-> 1] : r \in holders}
        /\ InitOfAll(Entries)

\* The same, but replica c is lost, and replica d has heard of nothing.
HealingInit ==
    LET ballot == [round |-> 1, replica |-> "a"]
    IN  /\ log = [r \in Replica |-> IF r = "d" THEN <<>> ELSE <<[kind |-> "promise", ballot |-> ballot]>>]
        /\ synced = [r \in Replica |-> Len(log[r])]
        /\ role = [r \in Replica |-> IF r = "a" THEN "leader" ELSE IF r = "c" THEN "lost" ELSE "follower"]
        /\ messages = {PrepareOf(ballot)}
            \cup {[kind |-> "promised", from |-> r, ballot |-> ballot, trimmed |-> 0, accepted |-> <<>>] : r \in {"a", "b", "c"}}
        /\ next = [r \in Replica |-> 1]
        /\ InitOfAll(Entries)

\* How most behaviours begin: clients have asked for everything.
ElectedInit == Elected(Entries)
UnaskedInit == Elected({})

\* The same, but replica a stood at ballot 1.a and waits for promises, while b has them already, from itself and c, for
\* ballot 2.b, and leads.
RivalsInit ==
    LET first == [round |-> 1, replica |-> "a"]
        second == [round |-> 2, replica |-> "b"]
        own(r) == IF r = "a" THEN first ELSE second
    IN  /\ log = [r \in Replica |-> <<[kind |-> "promise", ballot |-> own(r)]>>]
        /\ synced = [r \in Replica |-> 1]
        /\ role = [r \in Replica |-> IF r = "a" THEN "candidate" ELSE IF r = "b" THEN "leader" ELSE "follower"]
        /\ messages = {PrepareOf(own(r)) : r \in {"a", "b"}}
            \cup {[kind |-> "promised", from |-> r, ballot |-> own(r), trimmed |-> 0, accepted |-> <<>>] : r \in Replica}
        /\ next = [r \in Replica |-> 1]
        /\ InitOfAll(Entries)

\* Replica c led at ballot 2.c, and all have heard what it chose with a in slot 1 but replica b, which has accepted there
\* what a proposed before, at ballot 1.a. So the archive takes it first of all.
MissedInit ==
    LET first == [round |-> 1, replica |-> "a"]
        second == [round |-> 2, replica |-> "c"]
        promise(ballot) == [kind |-> "promise", ballot |-> ballot]
        accept(ballot, entry) == [kind |-> "accept", ballot |-> ballot, generation |-> 1, slot |-> 1, entry |-> entry]
        promised(r, ballot) == [kind |-> "promised", from |-> r, ballot |-> ballot, trimmed |-> 0, accepted |-> <<>>]
        accepted(r, ballot) == [kind |-> "accepted", from |-> r, ballot |-> ballot, slot |-> 1]
        after == Machine!Apply(Machine!Init(FirstSessions), 1, Put)
    IN  /\ log = [r \in Replica |->
                    CASE r = "a" -> <<promise(first), promise(second), accept(second, Put)>>
                      [] r = "b" -> <<promise(first), accept(first, Get)>>
                      [] r = "c" -> <<promise(second), accept(second, Put)>>]
        /\ synced = [r \in Replica |-> Len(log[r])]
        /\ role = [r \in Replica |-> "follower"]
        /\ messages = {PrepareOf(first), PrepareOf(second), promised("a", first), promised("b", first),
                        promised("a", second), promised("c", second), accept(first, Get), accept(second, Put),
                        accepted("b", first), accepted("a", second), accepted("c", second),
                        [kind |-> "chosen", ballot |-> second, generation |-> 1, slot |-> 1, entry |-> Put]}
        /\ next = [r \in Replica |-> 1]
        /\ adopted = [r \in Replica |-> <<>>]
        /\ counted = [r \in Replica |-> {}]
        /\ heir = [r \in Replica |-> NoBallot]
        /\ lease = [r \in Replica |-> NoBallot]
        /\ sittingOut = {}
        /\ known = [r \in Replica |-> IF r = "b" THEN 0 ELSE 1]
        /\ members = [r \in Replica |-> FirstMembers]
        /\ store = [r \in Replica |-> IF r = "b" THEN Machine!Init(FirstSessions) ELSE after.state]
        /\ results = [r \in Replica |-> IF r = "b" THEN <<>> ELSE <<[entry |-> Put, reply |-> after.reply]>>]
        /\ asked = Entries
        /\ replies = {}
        /\ reads = {}
        /\ archive = <<>>
        /\ NothingHappened

\* What models of generations begin with: what some replicas have written and know, and what led to it. What follows from
\* that at once, their answers and what they apply, comes first of all.
ResumedWith(logs, leader, gone, chosen, generations, sent) ==
    /\ log = logs
    /\ synced = [r \in Replica |-> Len(logs[r])]
    /\ role = [r \in Replica |-> IF r = leader THEN "leader" ELSE IF r = gone THEN "lost" ELSE "follower"]
    /\ known = chosen
    /\ members = generations
    /\ next = [r \in Replica |-> IF r = leader THEN chosen[r] + 1 ELSE 1]
    /\ messages = sent
    /\ heir = [r \in Replica |-> NoBallot]
    /\ sittingOut = {}
    /\ store = [r \in Replica |-> Machine!Init(FirstSessions)]
    /\ results = [r \in Replica |-> <<>>]
    /\ asked = Entries
    /\ reads = {}
    /\ NothingHappened

\* And nobody has adopted, archived or been told anything.
Resumed(logs, leader, gone, chosen, generations, sent) ==
    /\ adopted = [r \in Replica |-> <<>>]
    /\ replies = {}
    /\ archive = <<>>
    /\ ResumedWith(logs, leader, gone, chosen, generations, sent)

NobodyGranted ==
    /\ counted = [r \in Replica |-> {}]
    /\ lease = [r \in Replica |-> NoBallot]

PromiseOf(ballot) == [kind |-> "promise", ballot |-> ballot]
AcceptOf(ballot, generation, slot, entry) ==
    [kind |-> "accept", ballot |-> ballot, generation |-> generation, slot |-> slot, entry |-> entry]
Ending(generation, voters) == [kind |-> "reconfigure", generation |-> generation, voters |-> voters]

\* Replica c leads at ballot 2.c, and chose with a what is in slot 1. Replica b has accepted there what a proposed before,
\* at ballot 1.a, and d has heard of nothing.
StaleInit ==
    LET first == [round |-> 1, replica |-> "a"]
        second == [round |-> 2, replica |-> "c"]
        accept == AcceptOf(second, 1, 1, Put)
    IN  /\ Resumed([r \in Replica |->
                        CASE r = "a" -> <<PromiseOf(first), PromiseOf(second), accept>>
                          [] r = "b" -> <<PromiseOf(first), AcceptOf(first, 1, 1, Get)>>
                          [] r = "c" -> <<PromiseOf(second), accept>>
                          [] OTHER   -> <<>>],
                    "c", "nobody", [r \in Replica |-> IF r = "c" THEN 1 ELSE 0], [r \in Replica |-> FirstMembers],
                    {PrepareOf(second), accept, [accept EXCEPT !.kind = "chosen"]})
        /\ NobodyGranted

\* Replica c leads at ballot 3.c and chose with d and e what is in slot 1. Replica b, which led at ballot 1.b, had proposed
\* the same there; and a, which led at ballot 2.a, something else.
ToldInit ==
    LET first == [round |-> 1, replica |-> "b"]
        second == [round |-> 2, replica |-> "a"]
        third == [round |-> 3, replica |-> "c"]
        accept == AcceptOf(third, 1, 1, Put)
        earlier == AcceptOf(first, 1, 1, Put)
        other == AcceptOf(second, 1, 1, Get)
    IN  /\ Resumed([r \in Replica |->
                        CASE r = "a" -> <<PromiseOf(second), other>>
                          [] r = "b" -> <<PromiseOf(first), earlier>>
                          [] OTHER   -> <<PromiseOf(third), accept>>],
                    "c", "nobody", [r \in Replica |-> IF r = "c" THEN 1 ELSE 0], [r \in Replica |-> FirstMembers],
                    {PrepareOf(first), PrepareOf(second), PrepareOf(third), earlier, other, accept,
                     [accept EXCEPT !.kind = "chosen"]})
        /\ NobodyGranted

\* Replica b led at ballot 1.b, and chose in slot 1, with a and d, that d votes in place of c; and with d a write in slot
\* 2. But it is lost before anybody else knows.
LateInit ==
    LET first == [round |-> 1, replica |-> "b"]
        swap == AcceptOf(first, 1, 1, Ending(1, {"a", "b", "d"}))
        write == AcceptOf(first, 2, 2, Put)
    IN  /\ Resumed([r \in Replica |->
                        CASE r = "a" -> <<PromiseOf(first), swap>>
                          [] r \in {"b", "d"} -> <<PromiseOf(first), swap, write>>
                          [] OTHER   -> <<PromiseOf(first)>>],
                    "nobody", "b", [r \in Replica |-> 0], [r \in Replica |-> FirstMembers], {PrepareOf(first), swap, write})
        /\ NobodyGranted

\* Replica a leads at ballot 1.a, has a lease from c and d, and has proposed that d votes in place of c.
HeirsInit ==
    LET first == [round |-> 1, replica |-> "a"]
        swap == AcceptOf(first, 1, 1, Ending(1, {"a", "b", "d"}))
    IN  /\ Resumed([r \in Replica |-> <<PromiseOf(first)>>],
                    "a", "nobody", [r \in Replica |-> 0], [r \in Replica |-> FirstMembers], {PrepareOf(first), swap})
        /\ counted = [r \in Replica |-> IF r = "a" THEN {"a", "c", "d"} ELSE {}]
        /\ lease = [r \in Replica |-> IF r = "b" THEN NoBallot ELSE first]

\* Replica b leads at ballot 1.b in the third generation, with a lease from e: first d came in place of a, then e in place
\* of d. Of that c has heard the first half, and does not know it chosen.
LaggardInit ==
    LET first == [round |-> 1, replica |-> "b"]
        one == AcceptOf(first, 1, 1, Ending(1, {"b", "c", "d"}))
        two == AcceptOf(first, 2, 2, Ending(2, {"b", "c", "e"}))
        third == [generation |-> 3, voters |-> {"b", "c", "e"}]
    IN  /\ Resumed([r \in Replica |->
                        CASE r \in {"b", "d", "e"} -> <<PromiseOf(first), one, two>>
                          [] r = "c" -> <<PromiseOf(first), one>>
                          [] OTHER   -> <<PromiseOf(first)>>],
                    "b", "nobody", [r \in Replica |-> IF r = "b" THEN 2 ELSE 0],
                    [r \in Replica |-> IF r = "b" THEN third ELSE FirstMembers], {PrepareOf(first), one, two})
        /\ counted = [r \in Replica |-> IF r = "b" THEN {"b", "e"} ELSE {}]
        /\ lease = [r \in Replica |-> IF r \in {"b", "e"} THEN first ELSE NoBallot]

\* Replica a led at ballot 1.a, and chose in slot 1, with b and d, that d votes in place of b; and with d a write in slot 2,
\* which was acknowledged. The archive has the first of them, and a is lost. Replica b does not know it: it leads at ballot 2.b with the
\* promise of c, has found what is in slot 1, and does not know who votes.
UnawareInit ==
    LET first == [round |-> 1, replica |-> "a"]
        second == [round |-> 2, replica |-> "b"]
        entry == Ending(1, {"a", "c", "d"})
        swap == AcceptOf(first, 1, 1, entry)
        write == AcceptOf(first, 2, 2, Put)
        after == Machine!Apply(Machine!Init(FirstSessions), 2, Put)
    IN  /\ ResumedWith([r \in Replica |->
                        CASE r \in {"a", "d"} -> <<PromiseOf(first), swap, write>>
                          [] r = "b" -> <<PromiseOf(first), swap, PromiseOf(second)>>
                          [] r = "c" -> <<PromiseOf(first), PromiseOf(second)>>],
                    "b", "a", [r \in Replica |-> 0], [r \in Replica |-> FirstMembers],
                    {PrepareOf(first), swap, write, [swap EXCEPT !.kind = "chosen"], PrepareOf(second),
                     [kind |-> "promised", from |-> "c", ballot |-> second, trimmed |-> 0, accepted |-> <<>>]})
        /\ adopted = [r \in Replica |-> IF r = "b" THEN <<entry>> ELSE <<>>]
        /\ replies = {[entry |-> Put, slot |-> 2, reply |-> after.reply]}
        /\ archive = <<entry>>
        /\ NobodyGranted

--------------------------------------------------------------------------------
\* The reduction. Some actions may as well happen as soon as they can, one replica after another:
\*
\* - To send early takes nothing from anybody. Messages are never taken back, and who is not to receive one need not.
\*   To send again changes nothing, and is not done here.
\* - A replica that is off does what one does that is on and rests.
\* - In a model without leases nobody has anything to sit out after a restart.
\* - To give a snapshot takes nothing from anybody either; who is not to have one need not install it.
\* - To apply, to acknowledge and to count a grant early only makes more that must hold.
\* - A sync matters by what a power-off would take; after the last power-off, by nothing. And one that covers only a part
\*   of what was written leads where it would lead if it had come before the rest was written.
\*
\* So each state that breaks an invariant is reached itself, or one is that has more messages and replies and breaks it too.

SyncsAtOnce == powerOffs = PowerOffs

IsNews == messages' # messages
IsAnswer == replies' # replies

AtOnce(r) ==
    \/ Prepare(r) /\ IsNews
    \/ Promised(r) /\ IsNews
    \/ \E record \in Range(log[r]) : Accepted(r, record) /\ IsNews
    \/ Apply(r)
    \/ Trims > 0 /\ Snapshot(r) /\ IsNews
    \/ \E slot \in DOMAIN results[r] : Acknowledge(r, slot) /\ IsAnswer
    \/ Leases /\ AskLease(r) /\ IsNews
    \/ Leases /\ \E m \in messages : Hold(r, m) /\ m.from \notin counted[r]
    \/ Restart(r)
    \/ ~ Leases /\ RunOut(r)
    \/ SyncsAtOnce /\ Sync(r, Len(log[r]))

\* In a model without leases, whoever leads holds one.
Leads(r) == role[r] = "leader"
Always(r, voters) == TRUE
Holds(r) == HoldsLease(r)

\* Whether that is enabled: its guards once more, because TLC takes several times as long to find out by itself. DueInv
\* says that they are the same. What is used more than once is bound, since TLC computes a LET anew wherever it is used.
IsDue(r) ==
    \/ role[r] = "off"
    \/ /\ IsOn(r)
       /\ \E ballot \in {PromisedBallot(r)}, records \in {SyncedLog(r)} :
           \/ /\ role[r] = "candidate"
              /\ [kind |-> "promise", ballot |-> ballot] \in Range(records)
              /\ [kind |-> "prepare", ballot |-> ballot, released |-> heir[r]] \notin messages
           \/ /\ SyncedBallot(r) = ballot
              /\ \E m \in messages : m.kind = "prepare" /\ m.ballot = ballot
              /\ [kind |-> "promised", from |-> r, ballot |-> ballot, trimmed |-> TrimmedTo(records), accepted |-> Report(records)] \notin messages
           \/ \E i \in AcceptsAmong(records) :
               [kind |-> "accepted", from |-> r, ballot |-> records[i].ballot, slot |-> records[i].slot] \notin messages
           \/ \E slot \in {Len(results[r]) + 1} :
               r \notin LogReplicas /\ slot \in TrimmedTo(log[r]) + 1 .. known[r] /\ Last(Accepts(log[r], slot)) \in Accepts(records, slot)
           \/ /\ Trims > 0 /\ r \notin LogReplicas /\ results[r] # <<>>
              /\ ~ \E m \in messages : m.kind = "snapshot" /\ m.results = results[r]
           \/ /\ Holds(r)
              /\ \E n \in DOMAIN results[r] :
                  /\ results[r][n].entry.kind \notin {"no-op", "scrub-mark", "reconfigure"}
                  /\ [entry |-> results[r][n].entry, slot |-> n, reply |-> results[r][n].reply] \notin replies
           \/ /\ Leases /\ role[r] = "leader"
              /\ \/ [kind |-> "ask-lease", ballot |-> ballot] \notin messages
                 \/ \E m \in messages : m.kind = "grant" /\ m.ballot = ballot /\ m.from \notin counted[r]
           \/ ~ Leases /\ r \in sittingOut
           \/ SyncsAtOnce /\ synced[r] < Len(log[r])

DueInv == \A r \in Replica : IsDue(r) = ENABLED AtOnce(r)

Due == {r \in Replica : IsDue(r)}

\* That a lease runs out takes from the holder what it counts, and matters when the grantor would do something else for
\* another ballot.
IsInTheWay(r) ==
    \E ballot \in {m.ballot : m \in {some \in messages : some.kind \in {"prepare", "accept", "ask-lease"}}}
                   \cup {standing \in Standing : standing.replica = r} :
        ballot # lease[r] /\ ~ Below(ballot, PromisedBallot(r))

\* That the archive takes a slot as soon as it can only lets more be trimmed.
ArchiveIsDue == Trims > 0 /\ \E m \in messages : m.kind = "chosen" /\ m.slot = Len(archive) + 1

NothingIsDue == Due = {} /\ ~ ArchiveIsDue /\ UNCHANGED boundVars

IsItsTurn(r) == (\A other \in Due : Rank(r) <= Rank(other)) /\ UNCHANGED boundVars

--------------------------------------------------------------------------------
\* The next-state relation: each action of the group with what bounds it. What the group says comes first, since it decides
\* more cheaply than the reduction.

Leaving ==
    /\ leavings < Leavings
    /\ Due = {} /\ ~ ArchiveIsDue
    /\ leavings' = leavings + 1
    /\ UNCHANGED <<powerOffs, lost, rots, trims>>

Losing(r, count) ==
    /\ powerOffs < PowerOffs
    /\ Due = {} /\ ~ ArchiveIsDue
    /\ powerOffs' = powerOffs + 1
    /\ lost' = (lost \/ count < Len(log[r]))
    /\ UNCHANGED <<leavings, rots, trims>>

\* The fault contract: of every chosen entry that is not archived one copy can be read, and is not older than that it was
\* chosen.
ChosenBallots(slot) ==
    {ballot \in {accept.ballot : accept \in UNION {EverAccepted(SyncedLog(r), slot) : r \in Replica}} :
        IsQuorum({r \in Replica : \E accept \in EverAccepted(SyncedLog(r), slot) : accept.ballot = ballot}, FirstVoters)}

IsRecoverable ==
    \A slot \in Len(archive) + 1 .. Len(ChosenLog) :
        \E r \in Replica, ballot \in ChosenBallots(slot) :
            /\ role[r] # "lost"
            /\ \E accept \in Accepts(SyncedLog(r), slot) : accept.entry = ChosenLog[slot] /\ ~ Below(accept.ballot, ballot)

\* A disk does its worst before its replica is back: what happens to it later is noticed by the next restart.
Rotting(r, i) ==
    /\ rots < Rots
    /\ log[r][i].kind = "accept"
    /\ \A other \in Due : Rank(r) <= Rank(other)
    /\ rots' = rots + 1
    /\ UNCHANGED <<powerOffs, lost, leavings, trims>>
    /\ IsRecoverable'

LosingDisk(r) ==
    /\ Cardinality({other \in Replica : role[other] = "lost"}) < Losses
    /\ \A other \in Due : Rank(r) <= Rank(other)
    /\ UNCHANGED boundVars
    /\ IsRecoverable'

Trimming(r, slot) ==
    /\ trims < Trims
    /\ slot > TrimmedTo(log[r])
    /\ Due = {} /\ ~ ArchiveIsDue
    /\ trims' = trims + 1
    /\ UNCHANGED <<powerOffs, lost, leavings, rots>>

\* The entries with which leader r may replace voters, or repeat what an earlier leader proposed.
Replacing(r) ==
    {[kind |-> "reconfigure", generation |-> generation, voters |-> voters] :
        generation \in 1 .. members[r].generation, voters \in Replacements \ {members[r].voters}}

\* Whether an entry may be proposed in a slot. A model that needs it may say what comes first.
Fits(entry, slot) == TRUE
ReplacesFirst(entry, slot) == (entry.kind = "reconfigure") = (slot = 1)
WritesFirst(entry, slot) == (entry.kind = "reconfigure") = (slot = 2)

\* Who is not asked to vote may as well do later what it would do now: nobody counts it.
IsIdle(r) ==
    /\ ~ Leases /\ r \notin FirstVoters
    /\ \A m \in messages : m.kind = "accept" /\ m.entry.kind = "reconfigure" => r \notin m.entry.voters

\* What a replica can learn otherwise leads to the same.
IsMissed(r) == Len(results[r]) + 1 <= Most({TrimmedTo(log[other]) : other \in Replica})

ModelNext ==
    \/ \E entry \in Entries : Ask(entry) /\ entry \notin asked /\ NothingIsDue
    \/ Archive(Len(archive) + 1) /\ Trims > 0 /\ Due = {} /\ UNCHANGED boundVars
    \/ \E r \in Replica :
        \/ \E ballot \in Standing, released \in Released : Stand(r, ballot.round, released) /\ ballot.replica = r /\ NothingIsDue
        \/ Prepare(r) /\ IsNews /\ IsItsTurn(r)
        \/ \E answered \in SUBSET members[r].voters : Lead(r, answered) /\ NothingIsDue
        \/ \E entry \in asked \cup {NoOp} \cup Replacing(r) : Propose(r, entry) /\ next[r] <= Slots /\ Fits(entry, next[r]) /\ NothingIsDue
        \/ Choose(r) /\ NothingIsDue
        \/ \E slot \in DOMAIN results[r] : Acknowledge(r, slot) /\ IsAnswer /\ IsItsTurn(r)
        \/ \E key \in Key : Read(r, key) /\ Reads /\ reads' # reads /\ NothingIsDue
        \/ AskLease(r) /\ Leases /\ IsNews /\ IsItsTurn(r)
        \/ \E m \in messages : Hold(r, m) /\ m.from \notin counted[r] /\ IsItsTurn(r)
        \/ \E successor \in Replica : HandOver(r, successor) /\ Leaving
        \/ StepDown(r) /\ Leaving
        \/ \E m \in messages : Promise(r, m) /\ ~ IsIdle(r) /\ NothingIsDue
        \/ Promised(r) /\ IsNews /\ IsItsTurn(r)
        \/ \E m \in messages : Accept(r, m) /\ ~ IsIdle(r) /\ NothingIsDue
        \/ \E record \in Range(log[r]) : Accepted(r, record) /\ IsNews /\ IsItsTurn(r)
        \/ \E m \in messages : Learn(r, m) /\ ~ IsIdle(r) /\ NothingIsDue
        \/ \E m \in messages : Repair(r, m) /\ NothingIsDue
        \/ \E slot \in 1 .. known[r] : Tell(r, slot) /\ Keeps /\ IsNews /\ NothingIsDue
        \/ Apply(r) /\ IsItsTurn(r)
        \/ \E slot \in DOMAIN archive : Fetch(r, slot) /\ IsMissed(r) /\ NothingIsDue
        \/ Snapshot(r) /\ Trims > 0 /\ IsNews /\ IsItsTurn(r)
        \/ \E m \in messages : Install(r, m) /\ IsMissed(r) /\ NothingIsDue
        \/ \E slot \in DOMAIN archive : Trim(r, slot) /\ Trimming(r, slot)
        \/ \E key \in Key : ReadEventually(r, key, 0) /\ Reads /\ reads' # reads /\ NothingIsDue
        \/ \E m \in messages : Grant(r, m) /\ (IsNews \/ lease' # lease) /\ NothingIsDue
        \/ RunOut(r) /\ IF Leases THEN IsInTheWay(r) /\ NothingIsDue ELSE IsItsTurn(r)
        \/ Sync(r, Len(log[r])) /\ IF SyncsAtOnce THEN IsItsTurn(r) ELSE NothingIsDue
        \/ \E count \in 0 .. Len(log[r]), kept \in 0 .. Len(results[r]) :
            PowerOff(r, count, kept) /\ (Keeps \/ kept = 0) /\ Losing(r, count)
        \/ \E i \in DOMAIN log[r] : Rot(r, i) /\ Rotting(r, i)
        \/ LoseDisk(r) /\ LosingDisk(r)
        \/ Restart(r) /\ IsItsTurn(r)

\* Nothing stands still as long as anything can happen. Without leases, and with bounds on everything else, no behaviour
\* comes back to where it was; so this is all that is needed.
FairSpec == ElectedInit /\ [][ModelNext]_modelVars /\ WF_modelVars(ModelNext)

\* The same after everybody has lost its power.
FairDarkSpec == DarkInit /\ [][ModelNext]_modelVars /\ WF_modelVars(ModelNext)

\* The same after the loss of a voter.
FairHealingSpec == HealingInit /\ [][ModelNext]_modelVars /\ WF_modelVars(ModelNext)

--------------------------------------------------------------------------------
\* What must hold besides what ReplicationGroup says

\* Each step is one of a replicated log, also where a behaviour does not begin with an empty one.
StepsRefineProp == [][UNCHANGED AbstractsFrom \/ UNCHANGED Abstract!vars \/ Abstract!Next]_(Abstract!vars)

\* What a client asks for is done, whoever stands for leader meanwhile. That there is a leader in the end which gets a
\* lease is Election's business.
EveryWriteIsAnsweredProp == \A write \in Entries : <>(\E told \in replies : told.entry = write)

\* After the loss of a voter somebody leads in the end whose voters are all there. No second one is lost meanwhile.
AllVoteAgainProp ==
    <>(\E r \in Replica : role[r] = "leader" /\ \A voter \in members[r].voters : role[voter] # "lost")

\* After a power-off of everybody there is a leader in the end that knows what is chosen in slot 1. It may be a no-op.
WorksAgainProp == <>(\E r \in Replica : role[r] = "leader" /\ known[r] >= 1)

--------------------------------------------------------------------------------
\* Expected to fail: each shows that the model gets to something worth checking.

LedAt(round) == \E m \in messages : m.kind = "accept" /\ m.ballot.round = round
ChosenAt(round) == \E m \in messages : m.kind = "chosen" /\ m.ballot.round = round

\* "The second leader never proposes again what the first one proposed."
ReachAdoptedInv == \A r \in Replica : role[r] = "leader" /\ PromisedBallot(r).round = 2 => adopted[r] = <<>>

\* "No leader but the first ever holds a lease."
ReachSecondHolderInv ==
    \A r \in Replica : HoldsLease(r) => PromisedBallot(r).round = 1

\* "Whom a leader hands over to leads no sooner than anybody else: when its lease has run out."
ReachHandedOverInv == \A r \in Replica : HoldsLease(r) => heir[r] = NoBallot

\* "No lease is in the way of another leader."
ReachInTheWayInv ==
    \A m \in messages : m.kind = "prepare" => \A r \in Replica :
        Below(PromisedBallot(r), m.ballot) => MayPromise(r, m.released)

\* "What rotted is never written anew."
ReachMendedInv ==
    \A r \in Replica : \A i \in DOMAIN log[r] :
        log[r][i].kind = "corrupt" => CorruptBallot(log[r], log[r][i].slot) # NoBallot

\* "No slot is filled with nothing."
ReachNoOpInv == \A m \in messages : m.kind = "accept" => m.entry # NoOp

\* "A quorum of answers is always enough."
ReachUnclearInv ==
    \A r \in Replica : role[r] = "candidate" =>
        \A answered \in {some \in SUBSET FirstVoters : IsQuorum(some, FirstVoters)} :
            LET promises == {m \in messages : m.kind = "promised" /\ m.ballot = PromisedBallot(r) /\ m.from \in answered}
            IN  {m.from : m \in promises} = answered =>
                    \A slot \in UNION {DOMAIN m.accepted : m \in promises} : IsClear(promises, slot, FirstVoters)

\* "No write is acknowledged in the second generation."
ReachNextGenerationInv ==
    \A told \in replies : \A r \in Replica :
        \A accept \in EverAccepted(log[r], told.slot) : accept.entry = told.entry => accept.generation = 1

\* "Nobody but who proposed it first ever makes a new generation known."
ReachBornTwiceInv == \A m \in messages : m.kind = "chosen" /\ m.entry.kind = "reconfigure" => m.ballot.round = 1

\* "Nobody holds a lease in the second generation."
ReachNextHolderInv == \A r \in Replica : HoldsLease(r) => members[r].generation = 1

\* "A store never keeps what it has applied."
ReachKeptInv == \A r \in Replica : role[r] = "off" => results[r] = <<>>

\* "Nobody leads who needed the archive."
ReachFetchedInv ==
    \A r \in Replica : role[r] = "leader" =>
        \A slot \in DOMAIN results[r] : EverAccepted(log[r], slot) # {} /\ slot > TrimmedTo(log[r])

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
    \A r \in Replica :
        role[r] = "leader" /\ PromisedBallot(r).round = 2 => \A told \in replies : told.slot <= Len(adopted[r])

\* "No get finds what was put."
ReachFoundInv == \A told \in replies : "held" \in DOMAIN told.reply => told.reply.held = <<>>

\* "No power-off takes a record, or only one leader ever gets to propose."
ReachLostInv == ~ (lost /\ LedAt(1) /\ LedAt(2))

================================================================================
