(ns scrubjay.checker
  "Decides from Clojure whether histories are linearizable, in the shape that users of Jepsen know.

  check takes a history as Jepsen keeps it; linearizable makes a checker for the :checker of a Jepsen test. Of
  Jepsen only that one protocol is used, and only where linearizable is called."
  (:require [clojure.string :as string])
  (:import (dev.scrubjay.checker Checker Judgement Judgement$Part Limits Verdict
                                 Verdict$Contradiction Verdict$Evidence Verdict$Linearizable Verdict$NotLinearizable
                                 Verdict$Refusal Verdict$Unknown)
           (dev.scrubjay.history ClojureData Event History Operation)
           (dev.scrubjay.object Guess Reading Reading$AbsentReads Reading$Failures SequentialObject
                                SequentialObjects)
           (java.util Optional)
           (java.util.function BooleanSupplier)))

(def ^:private shown-max
  "How many operations of an order a result shows. Results are written to files that people read."
  10)

(def ^:private check-options
  #{:engine :limit-seconds :fail :read-nil :initial})

(defn- refuse
  [message]
  (throw (IllegalArgumentException. ^String message)))

(defn- refuse-unknown
  [options known]
  (when-let [unknown (seq (remove known (keys options)))]
    (refuse (str "there is no option " (string/join ", " (sort unknown)) "; there are: "
                 (string/join ", " (sort known))))))

(defn- one-of
  [option value choices]
  (or (choices value)
      (refuse (str option " is " (pr-str value) ", which is none of: " (string/join ", " (sort (keys choices)))))))

(defn- reading
  [{:keys [fail read-nil initial] :or {fail :dropped, read-nil :unknown}}]
  (Reading. (one-of :fail fail {:dropped  Reading$Failures/DROPPED
                                :observed Reading$Failures/OBSERVED})
            (one-of :read-nil read-nil {:unknown Reading$AbsentReads/UNKNOWN
                                        :initial Reading$AbsentReads/INITIAL})
            (ClojureData/value initial)))

(defn- guess
  [^History history]
  (or (.orElse (Guess/name history) nil)
      (refuse (str "which object? Name one; the operations (" (string/join ", " (Guess/operations history))
                   ") do not say which of these it is: " (string/join ", " (SequentialObjects/names))))))

(defn- sequential-object
  [object history opts]
  (if (instance? SequentialObject object)
    object
    (SequentialObjects/named (cond
                               (nil? object)     (guess history)
                               (var? object)     (str "clojure:" (symbol object))
                               (keyword? object) (subs (str object) 1)
                               :else             object)
                             (reading opts))))

(defn- limits
  ^Limits [{:keys [limit-seconds]}]
  (if limit-seconds
    (let [end (+ (System/nanoTime) (long (* 1e9 limit-seconds)))]
      (.until (Limits/standard) (reify BooleanSupplier
                                  (getAsBoolean [_] (pos? (- (System/nanoTime) end))))))
    (Limits/standard)))

(defn- judge
  ^Judgement [^History history object {:keys [engine] :as opts}]
  (let [checker (Checker. ^SequentialObject object (limits opts))]
    (.judge (if engine (.with checker (name engine)) checker) history)))

(defn- originals
  "A function from events of a history to the operations of Jepsen that they were made of, which are as many and in
  the same order, but for those of a nemesis."
  [^History history operations]
  (let [by-index (delay (zipmap (map #(.index ^Event %) (.events history))
                                (remove #(contains? #{:nemesis "nemesis"} (:process %)) operations)))]
    (fn [^Event event]
      (@by-index (.index event)))))

(defn- events
  "The invocation of an operation and, where it has one, its completion."
  [^Operation operation]
  (let [end (.orElse (.completion operation) nil)]
    (cond-> [(.invocation operation)]
      end (conj end))))

(defn- evidence
  "What shows that there is no order, as the operations of Jepsen that it was made of."
  [original evidence]
  (let [last-index (.last ^Verdict$Evidence evidence)
        operations (if (instance? Verdict$Refusal evidence)
                     (let [order (.order ^Verdict$Refusal evidence)]
                       (concat (.subList order (max 0 (- (count order) shown-max)) (count order))
                               [(.refused ^Verdict$Refusal evidence)]))
                     (.operations ^Verdict$Contradiction evidence))]
    {:op         (some (fn [^Event event]
                         (when (= last-index (.index event))
                           (original event)))
                       (mapcat events operations))
     :operations (mapv #(mapv original (events %)) operations)}))

(defn- key-of
  [^Optional k]
  (when (.isPresent k)
    {:key (str (.get k))}))

(defn- finding
  [original verdict]
  (condp instance? verdict
    Verdict$Linearizable
    {:valid? true}

    Verdict$NotLinearizable
    (merge {:valid? false}
           (key-of (.key ^Verdict$NotLinearizable verdict))
           (evidence original (.evidence ^Verdict$NotLinearizable verdict)))

    Verdict$Unknown
    (merge {:valid? :unknown}
           (key-of (.key ^Verdict$Unknown verdict))
           {:op (original (peek (events (.undecided ^Verdict$Unknown verdict))))})))

(defn check
  "Whether a history is linearizable.

  object:  the name of a sequential object, such as :cas-register or \"independent:register\"; a var, such as
           #'my.ns/step, whose function is one; one that was made in Java; or nil for the one of ours that has
           these operations.
  history: a collection of operations as Jepsen keeps them, maps or records.
  opts:    :engine         the name of the engine that decides, such as :knossos, instead of one that suits
           :limit-seconds  give up after so long
           :fail           what a :fail tells: :dropped, nothing, or :observed, that a condition was not met
           :read-nil       what a read of nil saw: :unknown, or :initial, the initial value
           :initial        what registers and counters hold at first

  The result has :valid?, which is true, false or :unknown; :object; :engine, which decided; and :why in words for
  people. Where :valid? is false, :op is the completion that shows it, and :operations are those that contradict
  each other or, at the end of an order of what completed before, the one that fits into none: each as
  [invocation completion], as they stand in the history. Where it is :unknown, :op is the first that is not decided."
  ([object history]
   (check object history {}))
  ([object history opts]
   (refuse-unknown opts check-options)
   (let [operations (or (seq history) [])
         history (ClojureData/history operations)
         object (sequential-object object history opts)
         judgement (judge history object opts)
         verdict (.verdict judgement)]
     (merge (finding (originals history operations) verdict)
            {:object (.name ^SequentialObject object)
             :engine (string/join ", " (distinct (map #(.engine ^Judgement$Part %) (.parts judgement))))
             :why    (.text ^Verdict verdict)}))))

(defrecord Linearizable [options])

(defn linearizable
  "A checker for Jepsen, to stand where jepsen.checker/linearizable stood. It takes a map with the options of check,
  and :object beside them."
  [options]
  (refuse-unknown options (conj check-options :object))
  (let [protocol (try
                   (requiring-resolve 'jepsen.checker/Checker)
                   (catch java.io.FileNotFoundException _))]
    (when-not protocol
      (refuse "linearizable makes a checker for Jepsen, which is not on the class path; put it there, or call check"))
    (extend Linearizable @protocol
      {:check (fn [this _test history _opts]
                (check (:object options) history (dissoc options :object)))})
    (->Linearizable options)))
