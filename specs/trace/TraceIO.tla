---- MODULE TraceIO ----
\* How a trace specification gets at what an implementation did, and how it says what it could explain of it.
\*
\* A trace specification extends this module and the specification that the traces are held against. It has two variables
\* of its own: `run`, the trace that this behaviour follows, and `line`, how many of its events have been explained so far.
\* Each step explains one more event by one action:
\*
\*     TraceInit == Init /\ run \in DOMAIN Traces /\ line = 0
\*     Event == Traces[run][line + 1]
\*     TraceNext ==
\*         /\ line < Len(Traces[run])
\*         /\ line' = line + 1
\*         /\ UNCHANGED run
\*         /\ \/ Event.action = "Ask" /\ Ask(Event.entry)
\*            \/ ...
\*     Seen == Explained(run, line)
\*
\* with INIT TraceInit, NEXT TraceNext and CONSTRAINT Seen in its configuration. TLC looks at every behaviour of every
\* trace; a trace is accepted if in one of them all its events were explained. (TLC calls that no error, and calls the
\* opposite no error either. So nothing is asserted here, and whoever started TLC reads what Explained noted.)
\*
\* The definitions below are what TLC sees where nobody gave it any traces. When the trace checker runs it, they stand for
\* the values of the traces and parameters that it was given: an object of JSON is a record, an array a sequence.

\* The traces: a sequence of sequences of events. An event is a record.
Traces == <<>>

\* What the traces have in common, who took part for example: a record.
Parameters == <<>>

\* True. It notes that of this trace so many events have been explained, and the state that they led to.
Explained(run, line) == TRUE

================================================================================
