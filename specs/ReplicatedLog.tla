---- MODULE ReplicatedLog ----
\* What any implementation must do, whatever its replicas, messages and disks: writes that clients asked for are put into
\* one log, each at most once; the log only grows; and a client is told what its write did in its place of the log.
\*
\* That is linearizability. A write is chosen after it was asked for and before it is answered, so its place in the log lies
\* between the two; and what a reply says is what the sequential object says at that place.
\*
\* It leaves out when things happen: nothing here ever has to. ReplicationGroup refines this module.
EXTENDS Naturals, Sequences

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Key, Value,     \* As in KeyValueStore.
    Session         \* The clients' numbered sequences of writes.

Store == INSTANCE KeyValueStore

\* What the log holds: a write is one request of one session. A get is written too: reads go through the log.
Entry == [kind : {"write"}, session : Session, number : Nat \ {0}, request : Store!Request]

--------------------------------------------------------------------------------
\* Variables

VARIABLE asked      \* Every write that a client asked for.
VARIABLE chosen     \* The log: a sequence of entries.
VARIABLE replies    \* What clients were told: the entry, its slot and the reply.

vars == <<asked, chosen, replies>>

\* Clients may have asked before anybody looked.
Init ==
    /\ \A entry \in asked : entry \in Entry
    /\ chosen = <<>>
    /\ replies = {}

--------------------------------------------------------------------------------
\* Helpers

\* The state of the store after the first n writes of a log.
RECURSIVE StateAfter(_, _)
StateAfter(log, n) ==
    IF n = 0 THEN Store!Init ELSE Store!Apply(StateAfter(log, n - 1), log[n].request).state

\* What the n-th write of a log is answered.
ReplyOf(log, n) == Store!Apply(StateAfter(log, n - 1), log[n].request).reply

--------------------------------------------------------------------------------
\* Actions

\* A client asks for a write that nobody asked for before.
Ask ==
    /\ \E entry \in asked' \ asked : entry \in Entry /\ asked' = asked \cup {entry}
    /\ UNCHANGED <<chosen, replies>>

\* One or more writes that were asked for, and are not in the log yet, are put at its end.
Choose ==
    /\ Len(chosen') > Len(chosen)
    /\ SubSeq(chosen', 1, Len(chosen)) = chosen
    /\ \A n \in Len(chosen) + 1 .. Len(chosen') :
        /\ chosen'[n] \in asked
        /\ \A earlier \in 1 .. n - 1 : chosen'[earlier] # chosen'[n]
    /\ UNCHANGED <<asked, replies>>

\* A client is told what its write did.
Acknowledge ==
    /\ \E n \in DOMAIN chosen :
        replies' = replies \cup {[entry |-> chosen[n], slot |-> n, reply |-> ReplyOf(chosen, n)]}
    /\ UNCHANGED <<asked, chosen>>

Next == Ask \/ Choose \/ Acknowledge

Spec == Init /\ [][Next]_vars

================================================================================
