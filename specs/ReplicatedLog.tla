---- MODULE ReplicatedLog ----
\* What any implementation must do, whatever its replicas, messages and disks: writes that clients asked for are put into
\* one log, each at most once however often it is asked for; the log only grows; a client is told what its write did in its
\* place of the log; and who reads is told what the log comes to at some place.
\*
\* That is linearizability. A write is chosen after it was asked for and before it is answered, so its place in the log lies
\* between the two; and what a reply says is what the sequential object says at that place. A consistent read comes after
\* all that any client was told before, by a write or by a consistent read. An eventual read may come too late, but never
\* before the place that the client says it has seen already.
\*
\* It leaves out when things happen: nothing here ever has to. ReplicationGroup refines this module.
EXTENDS Naturals, Sequences

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Key, Value,     \* As in KeyValueStore.
    Session         \* The clients' numbered sequences of writes.

Store == INSTANCE KeyValueStore

\* A write is one request of one session.
Write == [kind : {"write"}, session : Session, number : Nat \ {0}, request : Store!Request]

--------------------------------------------------------------------------------
\* Variables

VARIABLE asked      \* Every write that a client asked for.
VARIABLE chosen     \* The log: a sequence of writes.
VARIABLE replies    \* What clients were told of writes: the write and the reply.
VARIABLE reads      \* What clients were told who read: which key, at which place of the log, and the reply.

vars == <<asked, chosen, replies, reads>>

\* Clients may have asked before anybody looked.
Init ==
    /\ \A write \in asked : write \in Write
    /\ chosen = <<>>
    /\ replies = {}
    /\ reads = {}

--------------------------------------------------------------------------------
\* Helpers

\* The state of the store after the first n writes of a log.
RECURSIVE StateAfter(_, _)
StateAfter(log, n) ==
    IF n = 0 THEN Store!Init ELSE Store!Apply(StateAfter(log, n - 1), log[n].request).state

\* What the n-th write of a log is answered.
ReplyOf(log, n) == Store!Apply(StateAfter(log, n - 1), log[n].request).reply

\* What is found under a key after the first n writes of a log.
Found(log, n, key) == Store!Apply(StateAfter(log, n), [kind |-> "get", key |-> key]).reply

\* How far some client knows the log to be: whatever any of them was told lies there or before.
Seen ==
    LET writes == chosen
        places ==
            {n \in DOMAIN writes : \E told \in replies : told.write = writes[n]}
            \cup {read.place : read \in {some \in reads : some.kind = "consistent"}}
    IN  IF places = {} THEN 0 ELSE CHOOSE n \in places : \A other \in places : other <= n

--------------------------------------------------------------------------------
\* Actions

\* A client asks for a write that nobody asked for before.
Ask ==
    /\ \E write \in asked' \ asked : write \in Write /\ asked' = asked \cup {write}
    /\ UNCHANGED <<chosen, replies, reads>>

\* One or more writes that were asked for, and are not in the log yet, are put at its end.
Choose ==
    /\ UNCHANGED <<asked, replies, reads>>
    /\ \E before \in {chosen}, after \in {chosen'} :
           /\ Len(after) > Len(before)
           /\ SubSeq(after, 1, Len(before)) = before
           /\ \A n \in Len(before) + 1 .. Len(after) :
                /\ after[n] \in asked
                /\ \A earlier \in 1 .. n - 1 : after[earlier] # after[n]

\* A client is told what its write did.
Acknowledge ==
    /\ replies' # replies
    /\ UNCHANGED <<asked, chosen, reads>>
    /\ \E writes \in {chosen} : \E n \in DOMAIN writes : replies' = replies \cup {[write |-> writes[n], reply |-> ReplyOf(writes, n)]}

\* A client reads what is there now.
Read ==
    /\ reads' # reads
    /\ UNCHANGED <<asked, chosen, replies>>
    /\ \E n \in Seen .. Len(chosen) : \E key \in Key :
        reads' = reads \cup {[kind |-> "consistent", key |-> key, place |-> n, reply |-> Found(chosen, n, key)]}

\* A client reads what was there at some time.
ReadEventually ==
    /\ reads' # reads
    /\ UNCHANGED <<asked, chosen, replies>>
    /\ \E n \in 0 .. Len(chosen) : \E key \in Key :
        reads' = reads \cup {[kind |-> "eventual", key |-> key, place |-> n, reply |-> Found(chosen, n, key)]}

Next == Ask \/ Choose \/ Acknowledge \/ Read \/ ReadEventually

Spec == Init /\ [][Next]_vars

================================================================================
