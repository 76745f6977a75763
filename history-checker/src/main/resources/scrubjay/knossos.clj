(ns scrubjay.knossos
  "Asks Knossos whether one part of a history is linearizable. Loaded only where somebody asks for that engine,
  because it needs Knossos on the class path.

  Every object of ours is a model of Knossos, whose states wrap ours. Knossos remembers what it tried by the :f
  and :value of an operation, so :value is not the operation's own: it is the number of its kind, which stands
  for argument, result and outcome together. Knossos thus cannot read a nil, or anything else, in its own way."
  (:require [knossos.history :as history]
            [knossos.memory :as memory]
            [knossos.model :as model]
            [knossos.search :as search]
            [knossos.wgl :as wgl])
  (:import (dev.scrubjay.history HistoryException)
           (java.util.concurrent LinkedBlockingQueue TimeUnit)
           (java.util.function BiFunction BooleanSupplier)
           (java.util.logging Level Logger)
           (knossos.model Model)))

(def ^:private logger
  "Knossos notes each history with many states, which nobody needs to know here. Held, or the level is forgotten."
  (doto (Logger/getLogger "knossos")
    (.setLevel Level/WARNING)))

(def ^:private ^ThreadGroup threads
  "What Knossos does for us."
  (ThreadGroup. "scrubjay.knossos"))

(defn- for-us?
  []
  (.parentOf threads (.getThreadGroup (Thread/currentThread))))

(defn- without-report
  "Once Knossos knows that a history is not linearizable it collects what to say about that, which fails for many
  histories, and takes for ever where many operations are open. Our own search says it; the verdict is enough."
  [report]
  (fn [& arguments]
    (if (for-us?)
      {:valid? false}
      (apply report arguments))))

(when-let [report (resolve 'knossos.wgl/invalid-analysis)]
  (alter-var-root report without-report))

(def ^:private millis-between-looks
  "How long to wait between two looks at the time."
  10)

(deftype State [^BiFunction stepper ^long left state]
  ; Before it searches, Knossos tries every operation in every state that it comes to, again and again, up to a
  ; thousand states. In a queue that only grows that takes minutes. Hence a state knows how many operations of the
  ; history can be left to do, at most, and allows no more. It is no part of the state: Knossos keeps the first of
  ; equal ones, which it reached by the fewest operations.
  Model
  (step [_ op]
    (let [after (when (pos? left)
                  (.apply stepper state (:value op)))]
      (if (nil? after)
        (model/inconsistent "refused")
        (State. stepper (dec left) after))))

  Object
  (equals [_ other]
    (and (instance? State other) (.equals ^Object state (.-state ^State other))))
  (hashCode [_]
    (.hashCode ^Object state))
  (toString [_]
    (str state)))

(defn- op
  [[process type f kind]]
  {:process process, :type (keyword type), :f (keyword f), :value kind})

(defn- start
  "Starts a search in a thread of its own, because even its preparations may take for ever, and ends the search
  when that thread is interrupted. All threads of the search are daemons as this one is, so that none of them
  keeps the process alive."
  [^LinkedBlockingQueue answers model ops]
  (doto (Thread. threads
                 ^Runnable (fn []
                             (try
                               (let [search (wgl/start-analysis model ops)]
                                 (try
                                   (.offer answers (search/results search))
                                   (finally
                                     (search/abort! search :interrupted))))
                               (catch Throwable thrown
                                 (.offer answers thrown))))
                 "knossos")
    (.setDaemon true)
    (.start)))

(defn- failure
  "One line about what was thrown, unless it says that the object has no such operation: no matter of Knossos."
  [thrown]
  (let [causes (take-while some? (iterate #(.getCause ^Throwable %) thrown))]
    (when-let [refused (first (filter #(instance? HistoryException %) causes))]
      (throw refused))
    (str "Knossos itself failed: " (first (.split (str (last causes)) "\n")))))

(defn- said
  [answer]
  (cond
    (= ::memory answer)          "out of memory, says Knossos; give this process more of it"
    (instance? Throwable answer) (failure answer)
    (boolean? (:valid? answer))  (:valid? answer)
    :else                        (str "Knossos gave up: " (name (:cause answer :unknown)))))

(defn decide
  "Whether a history is linearizable, as far as Knossos knows: true, false, or one line that says why it does not.

  Asked is the search that Knossos calls wgl. The other one, linear, takes all the memory that there is on small
  histories already, and leaves threads behind that cannot be ended. knossos.wgl/analysis itself is not called,
  because it counts no preparations into its time limit, and starts threads that keep the process alive.

  initial: the first state of an object.
  stepper: gives back the state after a state and a kind of operation, or nil where that cannot be.
  events:  in their order, each [process type f kind]; a process with an open operation begins no other.
  over?:   whether the time is over; asked by this thread alone."
  [initial stepper events ^BooleanSupplier over?]
  (let [answers (LinkedBlockingQueue.)
        stop-watching (memory/on-low-mem! #(.offer answers ::memory))
        ^Thread thread (start answers
                              (State. stepper (count (filter #(= "invoke" (second %)) events)) initial)
                              (history/parse-ops (mapv op events)))]
    (try
      (loop []
        (if (.getAsBoolean over?)
          "out of time, with Knossos still at it"
          (if-some [answer (.poll answers millis-between-looks TimeUnit/MILLISECONDS)]
            (said answer)
            (recur))))
      (finally
        (stop-watching)
        (.interrupt thread)))))
