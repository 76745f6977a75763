---- MODULE LeaseClock ----
\* Why a lease may be kept by two clocks that nobody sets: the arithmetic of one holder and one grantor.
\*
\* A leader, the *holder*, asks a replica, the *grantor*, to promise no other ballot for a while. The grantor minds its
\* grant for a time on its own clock, from when it takes the ask. The holder counts the grant for a shorter time on its own
\* clock, from when it asked: the ask carries that moment, and the answer brings it back. A clock may be wrong by any
\* amount, since nobody compares two of them; but each runs neither slower nor faster than a stated rate. So the holder
\* stops to count before the grantor stops to mind, however long messages take. That is HolderEndsFirstInv, and what
\* ReplicationGroup takes for granted: there a grant runs out in one step for both, and there are no clocks.
\*
\* A grantor that restarts forgets what it granted. It sits out the longest grant ever configured, on the clock that it has
\* then, before it promises another ballot: grants that it has forgotten may be longer than those it is told to give now.
\* How long a grant may be counted comes with the answer, because the grantor alone knows for how long it minds it.
\*
\* Readings of a clock matter by their difference alone. So what was read is not kept, but how much of the same clock has
\* passed since (`ago`), or is left until something ends (`counts`, `minds`, `sitsOut`). That makes the states finitely
\* many though time is endless.
\*
\* Messages may be lost, late, received twice and in any order.
\*
\* It leaves out: other grantors, since the holder counts each grant for itself, and a lease is a quorum of counted grants;
\* other holders, since one gets its first grant after the grantor has promised its ballot, and HolderEndsFirstInv is about
\* that moment; a holder that restarts, since it counts nothing then; and that a grantor stays off for a while or promises
\* another ballot, since both only make for fewer grants. It also leaves out what happens between two units of time: a
\* grant that is too short by less than its clock runs in one of them does not show.
\*
\* Sources: Gray and Cheriton, Leases: An Efficient Fault-Tolerant Mechanism for Distributed File Cache Consistency, on what
\* clocks must do; Lampson, How to Build a Highly Available System Using Consensus, on leases. The models LeaseClock.*.cfg
\* run it.
EXTENDS Naturals

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Term,       \* The terms ever configured: for how long the grantor minds a grant, and the holder counts it.
    Slowest,    \* How far a clock runs in one unit of true time, at least.
    Fastest     \* And at most.

ASSUME ClocksRun == Slowest \in Nat \ {0} /\ Fastest \in Nat /\ Slowest <= Fastest

ASSUME TermsAreNumbers == Term \subseteq [minds : Nat, counts : Nat]

\* The arithmetic: what the holder counts takes, on the slowest clock, no longer than what the grantor minds takes on the
\* fastest. counts / Slowest <= minds / Fastest, without fractions.
ASSUME TermsAllowForDrift == \A term \in Term : term.counts * Fastest <= term.minds * Slowest

Longest(times) == CHOOSE time \in times : \A other \in times : other <= time

MindsMax == Longest({term.minds : term \in Term})
CountsMax == Longest({term.counts : term \in Term})

\* Of what is older than anybody counts, the age no longer matters.
Age == 0 .. CountsMax

--------------------------------------------------------------------------------
\* Variables. Each is a time on the clock of whom it belongs to.

VARIABLE asks       \* The asks under way, each as how long ago the holder sent it.
AsksOK == asks \subseteq Age

VARIABLE counts     \* For how long the holder still counts a grant.
CountsOK == counts \in 0 .. CountsMax

holderVars == <<counts>>

VARIABLE term       \* What the grantor is configured to.
TermOK == term \in Term

VARIABLE minds      \* For how long the grantor still minds a grant that it knows of.
MindsOK == minds \in 0 .. MindsMax

VARIABLE sitsOut    \* For how long the grantor still sits out those that it may have forgotten.
SitsOutOK == sitsOut \in 0 .. MindsMax

grantorVars == <<term, minds, sitsOut>>

VARIABLE answers    \* The answers under way: how long ago the ask was sent, and for how long since then it may be counted.
AnswersOK == answers \subseteq [ago : Age, counts : 0 .. CountsMax]

messageVars == <<asks, answers>>

vars == <<holderVars, grantorVars, messageVars>>

TypeOK == AsksOK /\ CountsOK /\ TermOK /\ MindsOK /\ SitsOutOK /\ AnswersOK

Init ==
    /\ asks = {}
    /\ counts = 0
    /\ term \in Term
    /\ minds = 0
    /\ sitsOut = 0
    /\ answers = {}

--------------------------------------------------------------------------------
\* Helpers

Less(time, passed) == IF passed < time THEN time - passed ELSE 0

Older(ago, passed) == IF ago + passed < CountsMax THEN ago + passed ELSE CountsMax

Later(time, other) == IF time < other THEN other ELSE time

\* For how long an answer may be counted that is received now.
Left(answer) == Less(answer.counts, answer.ago)

\* Whether the grantor would promise another ballot.
IsFree == minds = 0 /\ sitsOut = 0

--------------------------------------------------------------------------------
\* Actions of the holder

\* The holder asks for a grant, whether or not it counts one and others are asked for.
Ask ==
    /\ asks' = asks \cup {0}
    /\ UNCHANGED <<holderVars, grantorVars, answers>>

\* The holder receives an answer, and counts the grant from when it asked.
Count(answer) ==
    /\ answer \in answers
    /\ counts' = Later(counts, Left(answer))
    /\ UNCHANGED <<grantorVars, messageVars>>

--------------------------------------------------------------------------------
\* Actions of the grantor

\* The grantor takes an ask and minds its grant from now on. It may do so while it sits out, since it grants only to the
\* ballot that it has promised already.
Grant(ago) ==
    /\ ago \in asks
    /\ minds' = term.minds
    /\ answers' = answers \cup {[ago |-> ago, counts |-> term.counts]}
    /\ UNCHANGED <<holderVars, term, sitsOut, asks>>

\* The grantor restarts, perhaps with another configuration, and has forgotten what it granted.
Restart(configured) ==
    /\ term' = configured
    /\ minds' = 0
    /\ sitsOut' = MindsMax
    /\ UNCHANGED <<holderVars, messageVars>>

--------------------------------------------------------------------------------
\* Actions of the network

LoseAsk(ago) ==
    /\ ago \in asks
    /\ asks' = asks \ {ago}
    /\ UNCHANGED <<holderVars, grantorVars, answers>>

LoseAnswer(answer) ==
    /\ answer \in answers
    /\ answers' = answers \ {answer}
    /\ UNCHANGED <<holderVars, grantorVars, asks>>

--------------------------------------------------------------------------------
\* Actions of the clocks

\* A unit of true time passes, and as much as this on the holder's clock and on the grantor's.
Tick(holders, grantors) ==
    /\ asks' = {Older(ago, holders) : ago \in asks}
    /\ answers' = {[answer EXCEPT !.ago = Older(@, holders)] : answer \in answers}
    /\ counts' = Less(counts, holders)
    /\ minds' = Less(minds, grantors)
    /\ sitsOut' = Less(sitsOut, grantors)
    /\ UNCHANGED term

--------------------------------------------------------------------------------
\* The next-state relation

Holder ==
    \/ Ask
    \/ \E answer \in answers : Count(answer)

Grantor ==
    \/ \E ago \in asks : Grant(ago)
    \/ \E configured \in Term : Restart(configured)

Network ==
    \/ \E ago \in asks : LoseAsk(ago)
    \/ \E answer \in answers : LoseAnswer(answer)

Clocks == \E holders, grantors \in Slowest .. Fastest : Tick(holders, grantors)

Next == Holder \/ Grantor \/ Network \/ Clocks

Spec == Init /\ [][Next]_vars

--------------------------------------------------------------------------------
\* Invariants

\* When the grantor would promise another ballot, the holder counts nothing of it any more, and will not by any answer that
\* is under way. Otherwise two leaders may serve at once. Broken by a holder that counts from when the answer came, or for
\* as long as it is configured to itself; by a grant that exceeds what is counted by a margin and not by a ratio; by a
\* grantor that does not sit out what it forgot, and by one that sits out what it would grant now.
HolderEndsFirstInv == IsFree => counts = 0 /\ \A answer \in answers : Left(answer) = 0

================================================================================
