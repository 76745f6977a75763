---- MODULE ReplicationGroupTrace ----
\* Is what an implementation did a behaviour of ReplicationGroup? Each step takes the next event of a trace and asks whether
\* the action of that name, with the values that the event gives, explains it.
\*
\* No action is added and none is changed: this module only says which event is which action. Every variable of the group
\* follows from the actions, and an event pins what could differ: the ballot, slot, entry, reply, report and quorum that
\* the replica says it had. Deliberately free is only what no event can say: the rest of a replica's state, which later
\* events betray.
EXTENDS ReplicationGroup, TraceIO

VARIABLE run, line      \* The trace that is followed, and how many of its events are explained.

\* Who takes part, lowest first, as the headers of the traces say.
TraceReplicas == Parameters.replicas

\* Who of them votes at first, and who keeps the log alone.
TraceFirstVoters == Range(Parameters.voters)
TraceLogReplicas == Range(Parameters.logs)

\* A real group begins without any session.
TraceFirstSessions == {}

\* What clients asked for in some trace. Its keys and values are those there are: the group has to know them one by one.
AsksForWrite(e) == e.action = "Ask" /\ e.entry.kind = "write"
AskedRequest ==
    UNION {{Traces[t][l].entry.request : l \in {n \in DOMAIN Traces[t] : AsksForWrite(Traces[t][n])}} : t \in DOMAIN Traces}
TraceKey == {request.key : request \in AskedRequest}
TraceValue == {request.value : request \in {some \in AskedRequest : "value" \in DOMAIN some}}
TraceSession == Nat
TraceNonce == STRING

TraceInit ==
    /\ Init
    /\ run \in DOMAIN Traces
    /\ line = 0

Event == Traces[run][line + 1]

--------------------------------------------------------------------------------
\* One line per action

\* An entry as an event says it: its voters stand in their order there.
Said(entry) == IF entry.kind = "reconfigure" THEN [entry EXCEPT !.voters = Range(@)] ELSE entry

\* What a message says that brings an entry.
Proposal(kind, e) ==
    [kind |-> kind, ballot |-> e.ballot, generation |-> e.generation, slot |-> e.slot, entry |-> Said(e.entry)]

\* What r reports with its promise: of each slot above what it trimmed the ballot of what it can read, and in which slots
\* something rotted above that. At one ballot a slot has one entry, so this says everything.
Reports(r, trimmed, accepted, corrupt) ==
    LET report == Report(SyncedLog(r))
    IN  /\ trimmed = TrimmedTo(SyncedLog(r))
        /\ accepted = [i \in 1 .. Cardinality(DOMAIN report) |-> report[trimmed + i].ballot]
        /\ Range(corrupt) = {slot \in DOMAIN report : report[slot].corrupt # NoBallot}

Explains(e, r) ==
    CASE e.action = "Ask"           -> Ask(e.entry)
      [] e.action = "Stand"         -> e.ballot.replica = r /\ Stand(r, e.ballot.round, e.released)
      [] e.action = "Prepare"       -> PromisedBallot(r) = e.ballot /\ Prepare(r)
      [] e.action = "Lead"          -> PromisedBallot(r) = e.ballot /\ Lead(r, Range(e.quorum))
      [] e.action = "Propose"       -> PromisedBallot(r) = e.ballot /\ next[r] = e.slot /\ Propose(r, Said(e.entry))
      [] e.action = "Choose"        -> PromisedBallot(r) = e.ballot /\ known[r] + 1 = e.slot /\ Choose(r)
      [] e.action = "Acknowledge"   -> Acknowledge(r, e.slot) /\ results[r][e.slot].reply = e.reply
      [] e.action = "Read"          -> Len(results[r]) = e.slot /\ Found(r, e.key) = e.reply /\ Read(r, e.key)
      [] e.action = "AskLease"      -> PromisedBallot(r) = e.ballot /\ AskLease(r)
      [] e.action = "Hold"          -> Hold(r, [kind |-> "grant", from |-> e.from, ballot |-> e.ballot])
      [] e.action = "HandOver"      -> PromisedBallot(r) = e.ballot /\ HandOver(r, e.successor)
      [] e.action = "StepDown"      -> PromisedBallot(r) = e.ballot /\ StepDown(r)
      [] e.action = "Promise"       -> Promise(r, [kind |-> "prepare", ballot |-> e.ballot, released |-> e.released])
      [] e.action = "Promised"      -> PromisedBallot(r) = e.ballot /\ Reports(r, e.trimmed, e.accepted, e.corrupt) /\ Promised(r)
      [] e.action = "Accept"        -> Accept(r, Proposal("accept", e))
      [] e.action = "Accepted"      -> \E record \in Accepts(SyncedLog(r), e.slot) :
                                        record.ballot = e.ballot /\ Accepted(r, record)
      [] e.action = "Learn"         -> Learn(r, Proposal("chosen", e))
      [] e.action = "Repair"        -> Repair(r, Proposal("chosen", e))
      [] e.action = "Tell"          -> e.slot \in 1 .. known[r] /\ Last(Accepts(log[r], e.slot)).ballot = e.ballot
                                        /\ Tell(r, e.slot)
      [] e.action = "Apply"         -> Apply(r) /\ Len(results'[r]) = e.slot /\ results'[r][e.slot].reply = e.reply
      [] e.action = "Fetch"         -> Fetch(r, e.slot) /\ results'[r][e.slot].reply = e.reply
      [] e.action = "Snapshot"      -> Len(results[r]) = e.slot /\ Snapshot(r)
      [] e.action = "Install"       -> \E m \in messages : m.kind = "snapshot" /\ m.slot = e.slot /\ Install(r, m)
      [] e.action = "Trim"          -> Trim(r, e.slot)
      [] e.action = "Archive"       -> IF e.slot <= Len(archive) THEN UNCHANGED vars ELSE Archive(e.slot)
      [] e.action = "Verify"        -> e.slot <= Len(archive) /\ e.slot <= known[r] /\ UNCHANGED vars
      [] e.action = "Hash"          -> Len(results[r]) = e.slot /\ Hash(r)
      [] e.action = "Quarantine"    -> Quarantine(r, e.slot)
      [] e.action = "Discard"       -> Discard(r)
      [] e.action = "Decay"         -> Decay(r, e.key, e.held)
      [] e.action = "ReadEventually" -> Len(results[r]) = e.slot /\ Found(r, e.key) = e.reply
                                        /\ ReadEventually(r, e.key, e.atLeast)
      [] e.action = "Grant"         -> Grant(r, [kind |-> "ask-lease", ballot |-> e.ballot])
      [] e.action = "RunOut"        -> RunOut(r)
      [] e.action = "Sync"          -> Sync(r, e.synced)
      [] e.action = "PowerOff"      -> PowerOff(r, e.synced, e.applied)
      [] e.action = "Rot"           -> Rot(r, e.record)
      [] e.action = "LoseDisk"      -> LoseDisk(r)
      [] e.action = "Restart"       -> Restart(r)
      [] OTHER                      -> FALSE

TraceNext ==
    /\ line < Len(Traces[run])
    /\ line' = line + 1
    /\ UNCHANGED run
    /\ Explains(Event, Event.replica)

Seen == Explained(run, line)

\* An event leaves at most one next state, so how far a trace has come says which state it is.
Place == <<run, line>>

================================================================================
