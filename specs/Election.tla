---- MODULE Election ----
\* Who stands for leader, and when.
\*
\* Safety does not ask: in ReplicationGroup anybody may stand at any time. Here it is about two other things. A group with a
\* quorum whose members hear each other gets a leader that holds a lease, whichever other links are broken and in whichever
\* direction. And a replica that merely cannot hear a good leader does not stand, since it would gain nothing and cost
\* everybody a moment without service.
\*
\* The rules. A replica whose own grant ran out, and which hears no leader, asks its peers whether they do. A peer says so
\* only while it minds a grant that its leader *confirmed* as part of a lease that it holds. The replica stands if a quorum,
\* itself included, answered, and nobody said so. A leader that holds no lease for one term falls silent: it leads no more,
\* and asks for no grants. All this is about links that work in one direction: a leader that is heard and hears nothing
\* keeps the grants of its hearers alive for ever, of which it can count none.
\*
\* What stands for time: a term is long against the way of a message over a link that works. So whatever waits for a time
\* to pass (to stop counting, to run out, to fall silent, to stand) happens only when no message is under way that could
\* keep it from happening (IsQuiet). And an attempt to be elected is one step: the question, the answers, the prepare and
\* the promises. That is what random times-outs are for: sooner or later one candidate is through before the next begins,
\* and two do not duel for ever. How soon is not said here.
\*
\* Two races are left out with that: a peer that has not heard yet that its grant is confirmed, and an answer overtaken by
\* an election. In both somebody stands against a new leader, and is refused by all that mind its grants. What is lost is
\* the candidate's own place, since it has promised a higher ballot now. The behaviours here may begin there.
\*
\* In exchange nothing is assumed about the past. Behaviours begin in any state that satisfies ConsistentInv: after any
\* number of elections that crossed, of messages lost and late, of time-outs that came early, of links that broke and were
\* mended, of replicas that restarted. From then on the links stay as they are, and times are good.
\*
\* Ballots have no numbers. Of a replica's ballots only its latest counts, so a promise is the name of a replica, and a
\* promise of an older ballot is one to nobody. A candidate's new ballot is above all that those promised who answered it,
\* since answers tell. A replica that hears the candidate and is not heard may have promised more, or less: both are tried.
\*
\* It leaves out the log, the hand-over of a lease, changes of membership, and a replica that sits out after a restart,
\* which does what one does that minds a grant of a ballot that is over.
\*
\* Sources: Dwork, Lynch and Stockmeyer, Consensus in the Presence of Partial Synchrony; Ongaro, Consensus: Bridging Theory
\* and Practice, on disruptive servers (which asks the same question before an election, and without leases). The models
\* Election.*.cfg run it.
EXTENDS Naturals, FiniteSets

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Replica,        \* The voters.
    Storage,        \* Those that may lead. The others are log replicas.
    Stuck,          \* Those that do not fall silent though they should: gray failures.
    Nobody          \* Whom a replica promised that promised nobody, or an older ballot.

ASSUME SomeMayLead == Storage \subseteq Replica /\ Stuck \subseteq Replica /\ Nobody \notin Replica

Quorum == {q \in SUBSET Replica : 2 * Cardinality(q) > Cardinality(Replica)}

--------------------------------------------------------------------------------
\* Variables

VARIABLE links      \* The links that work, each as from whom to whom.
LinksOK == links \subseteq Replica \X Replica

VARIABLE leaders    \* Who leads, by what it knows.
LeadersOK == leaders \subseteq Storage

VARIABLE promised   \* Of each replica, whose latest ballot it promised last.
PromisedOK == promised \in [Replica -> Replica \cup {Nobody}]

VARIABLE grant      \* Of each replica, its grant for the ballot that it promised. While it minds it, it promises no other.
GrantOK == grant \in [Replica -> {"none", "minded", "confirmed"}]

VARIABLE counted    \* Whose grant the leader counts that it was given to.
CountedOK == counted \subseteq Replica

vars == <<links, leaders, promised, grant, counted>>

TypeOK == LinksOK /\ LeadersOK /\ PromisedOK /\ GrantOK /\ CountedOK

\* A leader has promised nobody else, and its count of a grant ends before the grant does (LeaseClock).
ConsistentInv ==
    /\ \A l \in leaders : promised[l] = l
    /\ \A r \in counted : promised[r] \in leaders /\ grant[r] # "none"

Init == TypeOK /\ ConsistentInv

--------------------------------------------------------------------------------
\* Helpers

\* Whether a message gets from one to another. To itself it always does.
Reaches(one, other) == one = other \/ <<one, other>> \in links

Connected(one, other) == Reaches(one, other) /\ Reaches(other, one)

Neighbours(r) == {other \in Replica : Connected(r, other)}

CountedBy(l) == {r \in counted : promised[r] = l}

HoldsLease(l) == l \in leaders /\ CountedBy(l) \in Quorum

\* Whether a leader keeps asking r for grants, and r grants them.
IsAskedBy(r, l) == l \in leaders /\ promised[r] = l /\ Reaches(l, r)

\* Whether r hears any leader.
Hears(r) == \E l \in leaders : Reaches(l, r)

\* What r says when a peer asks whether it hears its leader. Its grant may be kept alive by a leader that counts nothing.
SaysItHears(r) == grant[r] = "confirmed"

MayGrant(l, r) == IsAskedBy(r, l) /\ grant[r] = "none"
MayCount(l, r) == IsAskedBy(r, l) /\ Reaches(r, l) /\ grant[r] # "none" /\ r \notin counted
MayConfirm(l, r) == IsAskedBy(r, l) /\ Reaches(r, l) /\ grant[r] = "minded" /\ r \in counted /\ HoldsLease(l)

\* Whether r wants to be told by its peers that it need not stand.
IsAlone(r) == r \in Storage \ leaders /\ grant[r] = "none" /\ ~ Hears(r)

MayStand(r) ==
    /\ IsAlone(r)
    /\ Neighbours(r) \in Quorum
    /\ \A peer \in Neighbours(r) : ~ SaysItHears(peer)

\* Whose promises r would get: who minds a grant refuses.
Promises(r) == {peer \in Neighbours(r) : grant[peer] = "none"}

\* No message is under way that could keep from running out what runs out.
IsQuiet == \A l \in leaders, r \in Replica : ~ (MayGrant(l, r) \/ MayCount(l, r) \/ MayConfirm(l, r))

--------------------------------------------------------------------------------
\* Actions of messages

\* Replica r takes leader l's ask. While asks keep coming, the grant does not run out.
Grant(l, r) ==
    /\ MayGrant(l, r)
    /\ grant' = [grant EXCEPT ![r] = "minded"]
    /\ UNCHANGED <<links, leaders, promised, counted>>

\* Leader l receives r's answer. While answers keep coming, it does not stop counting.
Count(l, r) ==
    /\ MayCount(l, r)
    /\ counted' = counted \cup {r}
    /\ UNCHANGED <<links, leaders, promised, grant>>

\* Leader l's heartbeat tells r that its grant is part of a lease that l holds.
Confirm(l, r) ==
    /\ MayConfirm(l, r)
    /\ grant' = [grant EXCEPT ![r] = "confirmed"]
    /\ UNCHANGED <<links, leaders, promised, counted>>

--------------------------------------------------------------------------------
\* Actions of time

\* The leader has had no answer from r for so long that r's grant no longer counts.
StopCounting(r) ==
    /\ r \in counted
    /\ ~ (IsAskedBy(r, promised[r]) /\ Reaches(r, promised[r]))
    /\ IsQuiet
    /\ counted' = counted \ {r}
    /\ UNCHANGED <<links, leaders, promised, grant>>

\* The grant of r's that was confirmed ran out. There may be a later one, which is not.
Doubt(r) ==
    /\ grant[r] = "confirmed"
    /\ ~ (r \in counted /\ HoldsLease(promised[r]))
    /\ IsQuiet
    /\ grant' = [grant EXCEPT ![r] = "minded"]
    /\ UNCHANGED <<links, leaders, promised, counted>>

\* Replica r's last grant runs out, because nobody asks for another. The leader has stopped counting it by then.
RunOut(r) ==
    /\ grant[r] = "minded"
    /\ r \notin counted
    /\ ~ IsAskedBy(r, promised[r])
    /\ IsQuiet
    /\ grant' = [grant EXCEPT ![r] = "none"]
    /\ UNCHANGED <<links, leaders, promised, counted>>

\* Leader l has held no lease for a term: it leads no more.
FallSilent(l) ==
    /\ l \in leaders \ Stuck
    /\ ~ HoldsLease(l)
    /\ IsQuiet
    /\ leaders' = leaders \ {l}
    /\ counted' = counted \ CountedBy(l)
    /\ UNCHANGED <<links, promised, grant>>

\* Replica r asks its peers, finds that it may stand, and stands, at a ballot above all that its neighbours promised. They
\* promise if they mind no grant, and with a quorum it leads. Those that hear it and are not heard may promise as well. No
\* leader does: it minds a grant of its own.
Stand(r) ==
    LET unheard == {peer \in Replica \ Neighbours(r) : Reaches(r, peer) /\ grant[peer] = "none"}
    IN  /\ MayStand(r)
        /\ IsQuiet
        /\ \E some \in SUBSET unheard :
            promised' = [peer \in Replica |->
                IF peer \in Promises(r) \cup some THEN r ELSE IF promised[peer] = r THEN Nobody ELSE promised[peer]]
        /\ leaders' = IF Promises(r) \in Quorum THEN leaders \cup {r} ELSE leaders
        /\ UNCHANGED <<links, grant, counted>>

--------------------------------------------------------------------------------
\* The next-state relation

Messages == \E l, r \in Replica : Grant(l, r) \/ Count(l, r) \/ Confirm(l, r)

Time(r) == StopCounting(r) \/ Doubt(r) \/ RunOut(r) \/ FallSilent(r)

Next == Messages \/ \E r \in Replica : Time(r) \/ Stand(r)

\* Messages arrive and time passes, also while somebody stands in vain again and again; and if somebody may stand all the
\* time, somebody does.
Fairness ==
    /\ WF_vars(Messages \/ \E r \in Replica : Time(r))
    /\ WF_vars(\E r \in Replica : Stand(r))

Spec == Init /\ [][Next]_vars /\ Fairness

--------------------------------------------------------------------------------
\* Invariants

\* There is one holder of a lease at most, whoever stood.
OneHolderInv == \A one, other \in leaders : HoldsLease(one) /\ HoldsLease(other) => one = other

--------------------------------------------------------------------------------
\* Properties

\* Whether leader l holds a lease by a quorum that it can renew it with.
IsWell(l) == HoldsLease(l) /\ CountedBy(l) \cap Neighbours(l) \in Quorum

\* Whether these could be led: one of them may lead, each hears each, and none hears a stuck one.
CouldBeLed(q) ==
    /\ q \cap Storage # {}
    /\ \A one, other \in q : Connected(one, other)
    /\ \A stuck \in Stuck, r \in q : ~ Reaches(stuck, r)

\* If a quorum could be led, there is a leader that holds a lease, from some time on and for ever. Broken by a leader that
\* does not fall silent; and where one is stuck, by a peer that says it hears a leader while its grant is not confirmed.
LeaderEmergesProp == (\E q \in Quorum : CouldBeLed(q)) => <>[](\E l \in Replica : IsWell(l))

\* Nobody stands while a leader holds a lease that it can renew: of any quorum one minds a grant of that lease, and says so.
\* Broken by a replica that asks nobody, that asks fewer than a quorum, or that does not mind what one of them says.
NoNeedlessElectionProp == [][(\E l \in Replica : IsWell(l)) => ~ \E r \in Replica : Stand(r)]_vars

\* A leader that holds a lease that it can renew keeps it. With the property before: while a leader is connected both ways
\* to a quorum of those that granted its lease, nothing happens, whatever becomes of other links.
LeaseLastsProp == [][\A l \in Replica : IsWell(l) => IsWell(l)']_vars

================================================================================
