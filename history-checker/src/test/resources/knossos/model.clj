(ns knossos.model
  "A stand-in for Knossos, so that what asks it can be tested without it: these namespaces have the names and
  calls that scrubjay.knossos uses, and decide by trying every order. Nothing here is of Knossos.")

(definterface Model
  (^Object step [^Object op]))

(defrecord Inconsistent [msg]
  Model
  (step [this _] this))

(defn inconsistent
  [msg]
  (Inconsistent. msg))

(defn inconsistent?
  [model]
  (instance? Inconsistent model))

(defn step
  [model op]
  (.step ^Model model op))
