---- MODULE ElectionModel ----
\* Election from the states that a model begins in. The actions, what is fair and what must hold are those of Election.
\*
\* Run by Election.*.cfg.
EXTENDS Election, TLC

--------------------------------------------------------------------------------
\* Constants

CONSTANT
    Links           \* What the links that work may be: sets of links.

\* Values for it, for three replicas.
Between(one, other) == {<<one, other>>, <<other, one>>}
AB == Between("a", "b")
BC == Between("b", "c")
AC == Between("a", "c")

Whole       == AB \cup BC \cup AC
OneWay      == AB \cup BC \cup {<<"c", "a">>}       \* a does not reach c.
Chain       == AB \cup BC                           \* Only b reaches both others.
Ring        == AB \cup {<<"b", "c">>, <<"c", "a">>} \* Nobody is cut off, and c has no link both ways.
HeardByOne  == AB \cup {<<"c", "a">>}               \* a hears c, which hears nobody: if c leads, a minds its grant.

FourShapes == {OneWay, Chain, Ring, HeardByOne}

\* Every set of links between three replicas; and of those that differ by names alone, one. Nothing in Election names a
\* replica, so that what holds for one holds for the others, as long as every replica may lead.
AllLinks == SUBSET Whole
Renamed(some, names) == {<<names[link[1]], names[link[2]]>> : link \in some}
AllShapes ==
    {CHOOSE one \in {Renamed(some, names) : names \in Permutations({"a", "b", "c"})} : TRUE : some \in AllLinks}

\* And for five: b to e hear each other, and c hears a, which nobody else does, and which hears nobody.
AHeardByC == {{<<one, other>> \in {"b", "c", "d", "e"} \X {"b", "c", "d", "e"} : one # other} \cup {<<"a", "c">>}}

--------------------------------------------------------------------------------
\* Where behaviours begin

\* Election's Init, written so that TLC can list its states.
AnyInit ==
    /\ links \in Links
    /\ leaders \in SUBSET Storage
    /\ promised \in {any \in [Replica -> Replica \cup {Nobody}] : \A l \in leaders : any[l] = l}
    /\ grant \in [Replica -> {"none", "minded", "confirmed"}]
    /\ counted \in SUBSET {r \in Replica : promised[r] \in leaders /\ grant[r] # "none"}

AnySpec == AnyInit /\ [][Next]_vars /\ Fairness

\* Replica a leads and has just lost its lease. All have promised its ballot, and c minds a grant of it. The others may.
LostInit ==
    /\ links \in Links
    /\ leaders = {"a"}
    /\ promised = [r \in Replica |-> "a"]
    /\ grant \in {any \in [Replica -> {"none", "minded", "confirmed"}] : any["a"] # "none" /\ any["c"] # "none"}
    /\ counted = {"a"}

LostSpec == LostInit /\ [][Next]_vars /\ Fairness

--------------------------------------------------------------------------------
\* Expected to fail: each shows that the model gets to something worth checking.

\* "What peers say holds nobody back."
ReachHeldBackInv == \A r \in Replica : IsQuiet /\ IsAlone(r) /\ Neighbours(r) \in Quorum => MayStand(r)

\* "Who stands is elected."
ReachRefusedInv == \A r \in Replica : IsQuiet /\ MayStand(r) => Promises(r) \in Quorum

\* "A leader keeps no grant alive that it cannot count."
ReachKeptAliveInv == IsQuiet => \A l, r \in Replica : IsAskedBy(r, l) => r \in CountedBy(l)

================================================================================
