(ns acme.objects
  "Objects as users of Clojure write them.")

(defn sorted-bag
  "Values, read in order."
  {:initial []}
  [state {:keys [f value type result]}]
  (case f
    :add  (vec (sort (conj state value)))
    :read (when (or (not= type :ok) (= result state)) state)))

(defn tally
  "How often each thing was seen; nothing at first."
  [state {:keys [f value type result]}]
  (case f
    :see (update state (:thing value) (fnil inc 0))
    :all (when (or (not= type :ok) (= result (or state {}))) (or state {}))))

(def not-a-function 7)
