---- MODULE Sessions ----
\* A key-value store whose clients may ask again for what they do not know done, and which does it once all the same.
\*
\* A client *begins* a session and gets its number. In it, it numbers its writes and has one open at a time. The store
\* remembers of each session the last write and what it was answered: the same write again is answered from memory, and a
\* write of a session that is not there, or no more, does nothing. So a session must be begun before its first write; if
\* an unknown one were begun by that write, then one that comes late, after the session's *end*, would count a second time.
\*
\* A session's number is the slot in which its begin is chosen: nobody else has that number, nor ever will.
\*
\* It leaves out reads, which change nothing and need no session, and who ends a session of which nobody hears any more.
\* There are no variables, as in KeyValueStore, which this module wraps. ReplicationGroup applies its log by it.
EXTENDS Naturals, Sequences

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Key, Value,     \* As in KeyValueStore.
    Session,        \* Numbers of sessions.
    Nonce           \* What tells one begin from another, so that who asks again asks for the same.

Store == INSTANCE KeyValueStore

--------------------------------------------------------------------------------
\* Entries and replies

Number == Nat \ {0}

Write == [kind : {"write"}, session : Session, number : Number, request : Store!Request]

Entry ==
    Write
    \cup [kind : {"begin"}, nonce : Nonce]
    \cup [kind : {"end"}, session : Session]
    \cup [kind : {"no-op", "scrub-mark"}]

\* Stale is the answer to a write whose session has done a later one: nobody waits for it any more.
Reply ==
    Store!Reply
    \cup [outcome : {"begun"}, session : Session]
    \cup [outcome : {"ended", "no-session", "stale"}]

--------------------------------------------------------------------------------
\* States: the store, and of each open session its last write.

IsState(state) ==
    /\ Store!IsState(state.store)
    /\ DOMAIN state.last \subseteq Session
    /\ \A session \in DOMAIN state.last : state.last[session].number \in Nat /\ state.last[session].reply \in Reply

NothingYet(session) == [number |-> 0, reply |-> [outcome |-> "begun", session |-> session]]

\* At first nothing is stored, and these sessions are open.
Init(sessions) == [store |-> Store!Init, last |-> [session \in sessions |-> NothingYet(session)]]

--------------------------------------------------------------------------------
\* What each kind of entry does

Begin(state, slot) ==
    [state |-> [state EXCEPT !.last = [s \in DOMAIN @ \cup {slot} |-> IF s = slot THEN NothingYet(slot) ELSE @[s]]],
     reply |-> [outcome |-> "begun", session |-> slot]]

End(state, entry) ==
    [state |-> [state EXCEPT !.last = [s \in DOMAIN @ \ {entry.session} |-> @[s]]],
     reply |-> [outcome |-> "ended"]]

Without(state, outcome) == [state |-> state, reply |-> [outcome |-> outcome]]

Once(state, entry) ==
    LET after == Store!Apply(state.store, entry.request)
    IN  [state |-> [store |-> after.state,
                    last |-> [state.last EXCEPT ![entry.session] = [number |-> entry.number, reply |-> after.reply]]],
         reply |-> after.reply]

DoWrite(state, entry) ==
    IF entry.session \notin DOMAIN state.last
    THEN Without(state, "no-session")
    ELSE LET last == state.last[entry.session]
         IN  CASE entry.number < last.number -> Without(state, "stale")
               [] entry.number = last.number -> [state |-> state, reply |-> last.reply]
               [] entry.number > last.number -> Once(state, entry)

\* What the entry of a slot does. Who votes is no part of this state.
Apply(state, slot, entry) ==
    CASE entry.kind = "begin" -> Begin(state, slot)
      [] entry.kind = "end"   -> End(state, entry)
      [] entry.kind = "write" -> DoWrite(state, entry)
      [] entry.kind \in {"no-op", "scrub-mark", "reconfigure"} -> Without(state, "done")

================================================================================
