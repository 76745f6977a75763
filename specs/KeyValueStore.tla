---- MODULE KeyValueStore ----
\* What a key-value store does with one request after another: get, put, delete and conditional put. This is the
\* sequential object that everything else is held against: a replication group must look to its clients as if it were
\* this module, and the history checker judges recorded histories by it.
\*
\* It leaves out replicas, time, requests that overlap, and clients that send a request again. That is safe because each
\* of those is somebody else's promise: sessions wrap this object, and are not part of it.
\*
\* There are no variables. Init is the first state, and Apply(state, request) gives the next state and the reply, so that
\* a specification, a program and a reader with a pencil can all use the same definition. The models
\* KeyValueStore.smoke and KeyValueStore.quick run it (models/KeyValueStoreModel.tla).
EXTENDS Sequences

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Key,    \* The names under which values are kept.
    Value   \* What may be kept. A value is compared, never looked into.

--------------------------------------------------------------------------------
\* States. A state maps each key that holds a value to that value. A key that holds none is *absent*: it is not in the
\* domain, so there is no null that could be mistaken for a value.

IsState(state) ==
    /\ DOMAIN state \subseteq Key
    /\ \A key \in DOMAIN state : state[key] \in Value

\* At first every key is absent.
Init == <<>>

\* What a state holds under a key: a sequence with the value, or the empty sequence. Conditions and replies are written
\* the same way, so that "must be absent" and "was absent" need no words of their own.
Held(state, key) == IF key \in DOMAIN state THEN <<state[key]>> ELSE <<>>

MaybeValue == {<<>>} \cup {<<value>> : value \in Value}

With(state, key, value) == [k \in DOMAIN state \cup {key} |-> IF k = key THEN value ELSE state[k]]

Without(state, key) == [k \in DOMAIN state \ {key} |-> state[k]]

--------------------------------------------------------------------------------
\* Requests and replies

Request ==
    [kind : {"get", "delete"}, key : Key]
    \cup [kind : {"put"}, key : Key, value : Value]
    \cup [kind : {"conditional-put"}, key : Key, expected : MaybeValue, value : Value]

\* A get says what it found. So does a conditional put that was unmet: a client that lost a race then knows to whom,
\* without a second request.
Reply ==
    [outcome : {"done"}]
    \cup [outcome : {"done", "unmet"}, held : MaybeValue]

--------------------------------------------------------------------------------
\* What each kind of request does. None looks beyond its own key, so a history may be checked key by key.

Get(state, request) ==
    [state |-> state,
     reply |-> [outcome |-> "done", held |-> Held(state, request.key)]]

Put(state, request) ==
    [state |-> With(state, request.key, request.value),
     reply |-> [outcome |-> "done"]]

\* To delete what is absent is done, not refused: a client that repeats a delete learns nothing new from a second answer.
Delete(state, request) ==
    [state |-> Without(state, request.key),
     reply |-> [outcome |-> "done"]]

\* Writes only over exactly the expected value, or, where nothing is expected, only to an absent key. Sent twice it is
\* met once and then unmet (unless it expects the very value that it writes), which is why sessions remember results.
ConditionalPut(state, request) ==
    IF Held(state, request.key) = request.expected
    THEN Put(state, request)
    ELSE [state |-> state,
          reply |-> [outcome |-> "unmet", held |-> Held(state, request.key)]]

Apply(state, request) ==
    CASE request.kind = "get"             -> Get(state, request)
      [] request.kind = "put"             -> Put(state, request)
      [] request.kind = "delete"          -> Delete(state, request)
      [] request.kind = "conditional-put" -> ConditionalPut(state, request)

================================================================================
