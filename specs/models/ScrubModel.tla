---- MODULE ScrubModel ----
\* Scrub with bounds.
\*
\* Run by Scrub.*.cfg.
EXTENDS Scrub

CONSTANTS
    Slots,      \* How many slots are written, at most.
    Rots,       \* How often something rots in a state, or a program is wrong there, at most.
    Losses,     \* How often a state is lost, at most.
    Mistakes,   \* How often something else is archived than is chosen, at most.
    Outages     \* How often a slot of the archive cannot be read, at most.

VARIABLE rots       \* How often something was wrong in a state.
VARIABLE losses     \* How often one was lost.
VARIABLE mistakes   \* How often the archive was told something wrong.
VARIABLE outages    \* How often it could not be read.

boundVars == <<rots, losses, mistakes, outages>>

modelVars == <<vars, boundVars>>

ModelInit == Init /\ rots = 0 /\ losses = 0 /\ mistakes = 0 /\ outages = 0

\* Two copies are right, and that they are the same is no chance.
Wrongs == {r \in Replica : ~ IsRight(r)}

Decays ==
    \E r \in Replica, key \in Key, value \in Value :
        /\ rots < Rots /\ Wrongs = {}
        /\ Rot(r, key, value) \/ Misapply(r, key, value)
        /\ rots' = rots + 1 /\ UNCHANGED <<losses, mistakes, outages>>

Loss ==
    \E r \in Replica :
        /\ losses < Losses /\ Lose(r)
        /\ losses' = losses + 1 /\ UNCHANGED <<rots, mistakes, outages>>

Mistake ==
    \E entry \in Entry :
        /\ mistakes < Mistakes /\ Misarchive(entry)
        /\ mistakes' = mistakes + 1 /\ UNCHANGED <<rots, losses, outages>>

Outage ==
    \E slot \in DOMAIN archive :
        /\ outages < Outages /\ RotArchive(slot)
        /\ outages' = outages + 1 /\ UNCHANGED <<rots, losses, mistakes>>

Writes == \E key \in Key, value \in Value : Len(log) < Slots /\ Write(key, value)

Works == (\E r \in Replica : Goes(r)) \/ Archive \/ Mark \/ BringBack

ModelNext ==
    \/ Writes /\ UNCHANGED boundVars
    \/ Works /\ UNCHANGED boundVars
    \/ Decays
    \/ Loss
    \/ Mistake
    \/ Outage

\* Each of these happens if it may happen for ever; a mark that comes too soon keeps nobody from anything.
FairSpec ==
    /\ ModelInit /\ [][ModelNext]_modelVars
    /\ WF_modelVars(Archive /\ UNCHANGED boundVars)
    /\ WF_modelVars(BringBack /\ UNCHANGED boundVars)
    /\ WF_modelVars(Mark /\ UNCHANGED boundVars)
    /\ \A r \in Replica :
        /\ WF_modelVars((Apply(r) \/ Fetch(r)) /\ UNCHANGED boundVars)
        /\ WF_modelVars(Verify(r) /\ UNCHANGED boundVars)
        /\ WF_modelVars(Look(r) /\ UNCHANGED boundVars)
        /\ WF_modelVars(BeginAgain(r) /\ UNCHANGED boundVars)

--------------------------------------------------------------------------------
\* What the archived log comes to is what is chosen, whenever it is used. Broken by a reference that reads what nobody has
\* compared.
ReferenceIsRightInv == HasReference => Reference = After(log, mark)

--------------------------------------------------------------------------------
\* What must be reached

ReachBegunAgainInv == ~ \E r \in Replica : looking[r] = "passed" /\ applied[r] = 0
ReachUndecidedInv == ~ IsUndecided
ReachTrimmedInv == \A r \in Replica : trimmed[r] = 0

================================================================================
