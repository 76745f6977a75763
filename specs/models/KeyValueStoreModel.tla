---- MODULE KeyValueStoreModel ----
\* One client sends requests to a KeyValueStore, one after the other, any of them.
\*
\* KeyValueStore says what the store does step by step: this state and this request give that state and that reply. Here
\* the same is said a second time in another way, by looking back over all that was sent: a key holds the value of the
\* last write that took effect on it. That the two agree is the point of the model; neither definition uses the other.
\*
\* What it leaves out is what KeyValueStore leaves out. Run by KeyValueStore.smoke.cfg and KeyValueStore.quick.cfg.
EXTENDS Naturals, Sequences, TLC

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    Key, Value,     \* As in KeyValueStore.
    Steps           \* How many requests are sent, at most.

ASSUME StepsIsANumber == Steps \in Nat

Store == INSTANCE KeyValueStore

\* No key is named in the specification, and no value: to swap two of them everywhere changes nothing it says.
Renamings == Permutations(Key) \cup Permutations(Value)

--------------------------------------------------------------------------------
\* Variables

VARIABLE store      \* The state of the store.
StoreOK == Store!IsState(store)

VARIABLE sent       \* Every request with the reply it got, in the order in which they were sent.
SentOK == \A i \in DOMAIN sent : sent[i].request \in Store!Request /\ sent[i].reply \in Store!Reply

vars == <<store, sent>>

TypeOK == StoreOK /\ SentOK

Init ==
    /\ store = Store!Init
    /\ sent = <<>>

--------------------------------------------------------------------------------
\* Helpers: the second definition, by looking back

\* Did the i-th request write the key or delete it? A conditional put that was unmet did not.
TookEffect(i, key) ==
    /\ sent[i].request.key = key
    /\ sent[i].request.kind # "get"
    /\ sent[i].reply.outcome = "done"

\* What the key held after the first n requests.
HeldAfter(n, key) ==
    LET effects == {i \in 1..n : TookEffect(i, key)}
        last    == sent[CHOOSE i \in effects : \A j \in effects : j <= i].request
    IN  CASE effects = {}                             -> <<>>
          [] effects # {} /\ last.kind = "delete"     -> <<>>
          [] effects # {} /\ last.kind # "delete"     -> <<last.value>>

--------------------------------------------------------------------------------
\* Actions

\* The client sends a request and gets its reply.
Send(request) ==
    LET after == Store!Apply(store, request)
    IN  /\ Len(sent) < Steps
        /\ store' = after.state
        /\ sent' = Append(sent, [request |-> request, reply |-> after.reply])

Next == \E request \in Store!Request : Send(request)

Spec == Init /\ [][Next]_vars

--------------------------------------------------------------------------------
\* Invariants

\* A key holds the value of the last write that took effect on it.
LastWriteInv == \A key \in Key : Store!Held(store, key) = HeldAfter(Len(sent), key)

\* A reply that says what a key held says what it held when the request came.
ReadsLastWriteInv ==
    \A i \in DOMAIN sent :
        "held" \in DOMAIN sent[i].reply => sent[i].reply.held = HeldAfter(i - 1, sent[i].request.key)

\* A conditional put is unmet exactly when the key held something else than was expected.
ConditionInv ==
    \A i \in DOMAIN sent :
        sent[i].request.kind = "conditional-put" =>
            (sent[i].reply.outcome = "unmet" <=> HeldAfter(i - 1, sent[i].request.key) # sent[i].request.expected)

\* A get always says what it found, a conditional put only when it was unmet, and nothing else ever does.
RepliesFitInv ==
    \A i \in DOMAIN sent :
        "held" \in DOMAIN sent[i].reply <=> (sent[i].request.kind = "get" \/ sent[i].reply.outcome = "unmet")

\* A put or a delete that comes twice does what it does once.
RepeatInv ==
    \A request \in Store!Request :
        request.kind \in {"put", "delete"} =>
            LET once == Store!Apply(store, request).state
            IN  Store!Apply(once, request).state = once

--------------------------------------------------------------------------------
\* Properties

\* A request leaves every other key alone.
OnlyItsKeyProp ==
    [][\A key \in Key \ {sent'[Len(sent')].request.key} : Store!Held(store', key) = Store!Held(store, key)]_vars

--------------------------------------------------------------------------------
\* Expected to fail: each shows that the invariants above had something to look at.

\* "No conditional put ever replaced a value."
ReachReplacedInv ==
    \A i \in DOMAIN sent :
        sent[i].request.kind = "conditional-put" /\ sent[i].request.expected # <<>> => sent[i].reply.outcome # "done"

\* "No conditional put was ever unmet."
ReachUnmetInv == \A i \in DOMAIN sent : sent[i].reply.outcome # "unmet"

\* "No key that held a value is ever absent again."
ReachDeletedInv ==
    \A i \in DOMAIN sent : \A key \in Key : HeldAfter(i - 1, key) # <<>> => HeldAfter(i, key) # <<>>

\* "No get ever finds a value."
ReachFoundInv ==
    \A i \in DOMAIN sent : sent[i].request.kind = "get" => sent[i].reply.held = <<>>

================================================================================
