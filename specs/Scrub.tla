---- MODULE Scrub ----
\* What keeps data at rest what it was: replicas that trim their logs because an archive has what they held, states and an
\* archive that rot, and how that is noticed and mended.
\*
\* What is chosen goes to the archive, slot after slot. Every replica *verifies* what is there against its own log, and
\* *trims* only what it has verified and applied. When the archive does not keep up, nothing more is *written* beyond a
\* bound: nothing is trimmed early.
\*
\* A *mark* is a slot at which every replica *looks* at what it has applied. What it has come to is held against a
\* *reference*: what the archived log comes to, computed apart from all replicas. A replica *begins again*, with an empty
\* state, when it differs from the reference and another replica does not. One fault can make a replica, the archive or
\* what computes the reference wrong; it takes two, and chance, to make two of them wrong in the same way. That most
\* replicas are the same proves nothing: they share a program. Where no replica agrees with the reference nobody begins
\* again, and nobody trims.
\*
\* Who has nothing *fetches* from the archive what its log has no more, or *takes* the state of another. What rotted where
\* it lies is refused there, since it is not what was written; what a wrong program wrote is not told from what is right.
\*
\* It leaves out how what is chosen comes about: that is ReplicationGroup's business, which has marks, looking (Hash) and
\* beginning again (Quarantine) too, as a trace shows them. The archive is slots here, not segments.
\*
\* Sources: Bairavasundaram and others, An Analysis of Data Corruption in the Storage Stack, section 5; Ganesan and others,
\* Redundancy Does Not Imply Fault Tolerance, section 4. The models Scrub.*.cfg run it.
EXTENDS Naturals, Sequences

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Replica,
    Key, Value,
    None,       \* What a key holds that was never written.
    Backlog     \* How many slots may wait to be archived.

Slot == Nat \ {0}

Entry == [key : Key, value : Value]

State == [Key -> Value \cup {None}]

Empty == [key \in Key |-> None]

--------------------------------------------------------------------------------
\* Variables

VARIABLE log        \* What is chosen.
LogOK == \A slot \in DOMAIN log : log[slot] \in Entry

VARIABLE trimmed    \* Of each replica, up to where its log was trimmed. What comes after that it has.
TrimmedOK == trimmed \in [Replica -> Nat]

VARIABLE applied    \* Of each replica, how many slots its state is of.
AppliedOK == applied \in [Replica -> Nat]

VARIABLE state      \* Of each replica.
StateOK == state \in [Replica -> State]

VARIABLE rotten     \* Whose state rotted where it lies, so that who reads it all can tell.
RottenOK == rotten \subseteq Replica

replicaVars == <<trimmed, applied, state, rotten>>

VARIABLE archive    \* What was put there, from slot 1 on.
ArchiveOK == \A slot \in DOMAIN archive : archive[slot] \in Entry

VARIABLE unreadable \* The slots of it that cannot be read, as their hashes tell.
UnreadableOK == unreadable \subseteq DOMAIN archive

VARIABLE verified   \* Of each replica, how many slots of the archive it has found to be what was chosen.
VerifiedOK == verified \in [Replica -> Nat]

archiveVars == <<archive, unreadable, verified>>

VARIABLE mark       \* The slot of the last mark; 0 before the first.
MarkOK == mark \in 0 .. Len(log)

VARIABLE looking    \* Of each replica, whether it has looked at what it had come to at the mark, or has gone past it.
LookingOK == looking \in [Replica -> {"not yet", "looked", "passed"}]

VARIABLE come       \* Of those that have, what that was.
ComeOK == come \in [Replica -> State]

scrubVars == <<mark, looking, come>>

vars == <<log, replicaVars, archiveVars, scrubVars>>

TypeOK ==
    /\ LogOK /\ TrimmedOK /\ AppliedOK /\ StateOK /\ RottenOK
    /\ ArchiveOK /\ UnreadableOK /\ VerifiedOK /\ MarkOK /\ LookingOK /\ ComeOK

Init ==
    /\ log = <<>>
    /\ trimmed = [r \in Replica |-> 0]
    /\ applied = [r \in Replica |-> 0]
    /\ state = [r \in Replica |-> Empty]
    /\ rotten = {}
    /\ archive = <<>>
    /\ unreadable = {}
    /\ verified = [r \in Replica |-> 0]
    /\ mark = 0
    /\ looking = [r \in Replica |-> "not yet"]
    /\ come = [r \in Replica |-> Empty]

--------------------------------------------------------------------------------
\* Helpers

\* What the first n of these entries come to.
RECURSIVE After(_, _)
After(entries, n) == IF n = 0 THEN Empty ELSE [After(entries, n - 1) EXCEPT ![entries[n].key] = entries[n].value]

\* Whether it is known what the archived log comes to at the mark: somebody has verified all of it, and it can be read.
HasReference ==
    /\ mark > 0
    /\ \E r \in Replica : verified[r] >= mark
    /\ unreadable \cap (1 .. mark) = {}

Reference == After(archive, mark)

Differs(r) == HasReference /\ looking[r] = "looked" /\ come[r] # Reference

Agrees(r) == HasReference /\ looking[r] = "looked" /\ come[r] = Reference

\* Where replica r stands at the mark, it looks before it goes on.
HasLooked(r) == mark > 0 /\ applied[r] = mark => looking[r] # "not yet"

\* Nobody agrees with the reference, and somebody differs from it.
IsUndecided == (\E r \in Replica : Differs(r)) /\ ~ \E r \in Replica : Agrees(r)

--------------------------------------------------------------------------------
\* Actions of replicas

\* Something is chosen, unless too much waits to be archived.
Write(key, value) ==
    /\ Len(log) - Len(archive) < Backlog
    /\ log' = Append(log, [key |-> key, value |-> value])
    /\ UNCHANGED <<replicaVars, archiveVars, scrubVars>>

\* Replica r applies the next slot from its own log. At a mark it looks first at what it has come to.
Apply(r) ==
    LET slot == applied[r] + 1
    IN  /\ slot \in trimmed[r] + 1 .. Len(log)
        /\ HasLooked(r)
        /\ applied' = [applied EXCEPT ![r] = slot]
        /\ state' = [state EXCEPT ![r][log[slot].key] = log[slot].value]
        /\ UNCHANGED <<log, trimmed, rotten, archiveVars, scrubVars>>

\* Replica r applies from the archive what its log has no more.
Fetch(r) ==
    LET slot == applied[r] + 1
    IN  /\ slot <= trimmed[r] /\ slot \in DOMAIN archive \ unreadable
        /\ HasLooked(r)
        /\ applied' = [applied EXCEPT ![r] = slot]
        /\ state' = [state EXCEPT ![r][archive[slot].key] = archive[slot].value]
        /\ UNCHANGED <<log, trimmed, rotten, archiveVars, scrubVars>>

\* Replica r takes the state of another, because its log has no more what it misses. It refuses what rotted. It may go past
\* a mark like that.
Take(r, other) ==
    /\ applied[r] < trimmed[r]
    /\ applied[other] > applied[r]
    /\ other \notin rotten
    /\ applied' = [applied EXCEPT ![r] = applied[other]]
    /\ state' = [state EXCEPT ![r] = state[other]]
    /\ rotten' = rotten \ {r}
    /\ looking' = [looking EXCEPT ![r] = IF applied[other] > mark /\ @ = "not yet" THEN "passed" ELSE @]
    /\ UNCHANGED <<log, trimmed, archiveVars, mark, come>>

\* Replica r trims its log of what it has applied and verified. Not while nobody knows who is wrong.
Trim(r) ==
    /\ trimmed[r] < applied[r] /\ trimmed[r] < verified[r]
    /\ ~ IsUndecided
    /\ trimmed' = [trimmed EXCEPT ![r] = @ + 1]
    /\ UNCHANGED <<log, applied, state, rotten, archiveVars, scrubVars>>

--------------------------------------------------------------------------------
\* Actions of the archive

\* The next slot is put there.
Archive ==
    /\ Len(archive) < Len(log)
    /\ archive' = Append(archive, log[Len(archive) + 1])
    /\ UNCHANGED <<log, replicaVars, unreadable, verified, scrubVars>>

\* Replica r finds in the archive what it knows chosen. What differs it does not pass, and that is the end of its trimming.
Verify(r) ==
    LET slot == verified[r] + 1
    IN  /\ slot \in DOMAIN archive \ unreadable
        /\ slot > trimmed[r] /\ archive[slot] = log[slot]
        /\ verified' = [verified EXCEPT ![r] = slot]
        /\ UNCHANGED <<log, replicaVars, archive, unreadable, scrubVars>>

--------------------------------------------------------------------------------
\* Scrub

\* The next mark is chosen, when the last one is done with.
Mark ==
    /\ Len(log) > 0
    /\ mark > 0 => \A r \in Replica : looking[r] # "not yet" /\ ~ Differs(r)
    /\ mark' = Len(log)
    /\ looking' = [r \in Replica |-> "not yet"]
    /\ come' = [r \in Replica |-> Empty]
    /\ UNCHANGED <<log, replicaVars, archiveVars>>

\* Replica r has applied exactly what is before the mark, and looks at it.
Look(r) ==
    /\ mark > 0 /\ applied[r] = mark /\ looking[r] = "not yet"
    /\ looking' = [looking EXCEPT ![r] = "looked"]
    /\ come' = [come EXCEPT ![r] = state[r]]
    /\ UNCHANGED <<log, replicaVars, archiveVars, mark>>

\* Replica r is wrong, and begins again.
BeginAgain(r) ==
    /\ Differs(r)
    /\ \E other \in Replica : Agrees(other)
    /\ applied' = [applied EXCEPT ![r] = 0]
    /\ state' = [state EXCEPT ![r] = Empty]
    /\ rotten' = rotten \ {r}
    /\ looking' = [looking EXCEPT ![r] = "passed"]
    /\ come' = [come EXCEPT ![r] = Empty]
    /\ UNCHANGED <<log, trimmed, archiveVars, mark>>

--------------------------------------------------------------------------------
\* What goes wrong

\* A value rots in the state of replica r, where it lies.
Rot(r, key, value) ==
    /\ applied[r] > 0 /\ state[r][key] # value
    /\ state' = [state EXCEPT ![r][key] = value]
    /\ rotten' = rotten \cup {r}
    /\ UNCHANGED <<log, trimmed, applied, archiveVars, scrubVars>>

\* A program does something else than it should when it writes in the state of replica r.
Misapply(r, key, value) ==
    /\ applied[r] > 0 /\ state[r][key] # value
    /\ state' = [state EXCEPT ![r][key] = value]
    /\ UNCHANGED <<log, trimmed, applied, rotten, archiveVars, scrubVars>>

\* The state of replica r cannot be read at all, and it begins with an empty one.
Lose(r) ==
    /\ applied[r] > 0
    /\ applied' = [applied EXCEPT ![r] = 0]
    /\ state' = [state EXCEPT ![r] = Empty]
    /\ rotten' = rotten \ {r}
    /\ looking' = [looking EXCEPT ![r] = IF @ = "looked" THEN "passed" ELSE @]
    /\ UNCHANGED <<log, trimmed, archiveVars, mark, come>>

\* Something else is put into the archive than what is chosen: a memory was damaged.
Misarchive(entry) ==
    /\ Len(archive) < Len(log) /\ entry # log[Len(archive) + 1]
    /\ archive' = Append(archive, entry)
    /\ UNCHANGED <<log, replicaVars, unreadable, verified, scrubVars>>

\* A slot of the archive can be read no more. What keeps the archive has copies, and brings it back.
RotArchive(slot) ==
    /\ slot \in DOMAIN archive \ unreadable
    /\ unreadable' = unreadable \cup {slot}
    /\ UNCHANGED <<log, replicaVars, archive, verified, scrubVars>>

BringBack ==
    /\ unreadable # {}
    /\ unreadable' = {}
    /\ UNCHANGED <<log, replicaVars, archive, verified, scrubVars>>

--------------------------------------------------------------------------------
\* The next-state relation

Goes(r) == Apply(r) \/ Fetch(r) \/ (\E other \in Replica : Take(r, other)) \/ Trim(r) \/ Verify(r) \/ Look(r) \/ BeginAgain(r)

GoesWrong ==
    \/ \E r \in Replica, key \in Key, value \in Value : Rot(r, key, value) \/ Misapply(r, key, value)
    \/ \E r \in Replica : Lose(r)
    \/ \E entry \in Entry : Misarchive(entry)
    \/ \E slot \in DOMAIN archive : RotArchive(slot)

Next ==
    \/ \E key \in Key, value \in Value : Write(key, value)
    \/ \E r \in Replica : Goes(r)
    \/ Archive \/ Mark \/ BringBack
    \/ GoesWrong

Spec == Init /\ [][Next]_vars

--------------------------------------------------------------------------------
\* Invariants

\* What a log was trimmed of is in the archive as it was chosen. Broken by a replica that trims what it did not compare.
TrimmedIsArchivedInv ==
    \A r \in Replica : \A slot \in 1 .. trimmed[r] : slot \in DOMAIN archive /\ archive[slot] = log[slot]

\* No more than so much is in the logs alone. Broken by a leader that writes on whatever becomes of the archive.
BacklogInv == Len(log) - Len(archive) <= Backlog

--------------------------------------------------------------------------------
\* Properties

IsRight(r) == state[r] = After(log, applied[r])

\* Nobody begins again that was right. Broken by a scrub that goes by most copies.
OnlyWrongBeginAgainProp ==
    [][\A r \in Replica : BeginAgain(r) => come[r] # After(log, mark)]_vars

\* What rotted where it lies does not get into another state. Broken by a replica that takes what it did not look at.
RotDoesNotSpreadProp ==
    [][\A r, other \in Replica : Take(r, other) /\ other \in rotten => IsRight(other)]_vars

\* Whatever is wrong in a state is right some day, as long as what a replica asks for is there. Broken by a scrub that does
\* not compare with the archive.
WrongIsMendedProp == \A r \in Replica : ~ IsRight(r) ~> IsRight(r)

================================================================================
