---- MODULE LeaseClockModel ----
\* LeaseClock with bounds: every action once more, with as many messages under way as a model allows. An action here does
\* what the action of that name does there and nothing else. Time has no bound.
\*
\* Run by LeaseClock.*.cfg.
EXTENDS Naturals, FiniteSets

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Term, Slowest, Fastest,     \* As in LeaseClock.
    Messages                    \* How many asks and answers are under way at once, at most.

\* Values for them. On clocks that differ by half, a grant of 8 covers what is counted for 5, and 5 what is counted for 3.
LongAndShort == {[minds |-> 8, counts |-> 5], [minds |-> 5, counts |-> 3]}

--------------------------------------------------------------------------------
\* Variables

VARIABLES asks, counts, term, minds, sitsOut, answers   \* As there.

vars == <<asks, counts, term, minds, sitsOut, answers>>

Lease == INSTANCE LeaseClock

Init == Lease!Init

--------------------------------------------------------------------------------
\* Actions

AreFew == Cardinality(asks') + Cardinality(answers') <= Messages

Ask                         == Lease!Ask /\ AreFew
Count(answer)               == Lease!Count(answer)
Grant(ago)                  == Lease!Grant(ago) /\ AreFew
Restart(configured)         == Lease!Restart(configured)
LoseAsk(ago)                == Lease!LoseAsk(ago)
LoseAnswer(answer)          == Lease!LoseAnswer(answer)
Tick(holders, grantors)     == Lease!Tick(holders, grantors)

Next ==
    \/ Ask
    \/ \E answer \in answers : Count(answer)
    \/ \E ago \in asks : Grant(ago)
    \/ \E configured \in Term : Restart(configured)
    \/ \E ago \in asks : LoseAsk(ago)
    \/ \E answer \in answers : LoseAnswer(answer)
    \/ \E holders, grantors \in Slowest .. Fastest : Tick(holders, grantors)

Spec == Init /\ [][Next]_vars

--------------------------------------------------------------------------------
\* What must hold: all of it is said in LeaseClock.

TypeOK == Lease!TypeOK
HolderEndsFirstInv == Lease!HolderEndsFirstInv

--------------------------------------------------------------------------------
\* Expected to fail: each shows that the model gets to something worth checking.

\* "No grant ever runs out." Of one that did, the answer may still be under way.
ReachRunOutInv == Lease!IsFree => answers = {}

\* "After a restart with another term, the grantor never promises again."
ReachSatOutInv == Lease!IsFree => \A answer \in answers : answer.counts = term.counts

\* "No grant is counted while an earlier one still is."
ReachRenewedInv == \A answer \in answers : ~ (0 < Lease!Left(answer) /\ Lease!Left(answer) < counts)

\* "While the holder counts, the grantor is not about to stop." The next unit of time may end it: the terms are not so
\* generous that they hide a mistake.
ReachCloseInv == counts > 0 => minds > Fastest \/ sitsOut > Fastest

================================================================================
