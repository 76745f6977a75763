(ns knossos.wgl
  "A stand-in; see knossos.model. What Knossos does when it does not do well, it does where operations with these
  names ask for it: 'lie', 'give-up', 'break' and 'go-on-for-ever'."
  (:require [knossos.model :as model]
            [knossos.search :as search]))

(defn invalid-analysis
  "Fails, as the real one does for many histories."
  [_history _configs _state]
  (throw (ArrayIndexOutOfBoundsException. "Index -1 out of bounds for length 7")))

(defn- operations
  "Each with the places in the history where it begins and ends."
  [history]
  (let [end (fn [i process]
              (first (keep-indexed (fn [j op]
                                     (when (and (< i j) (= process (:process op)) (= :ok (:type op)))
                                       j))
                                   history)))]
    (keep-indexed (fn [i op]
                    (when (= :invoke (:type op))
                      {:op op, :begin i, :end (or (end i (:process op)) Long/MAX_VALUE)}))
                  history)))

(defn- order?
  "Whether an order of what is left begins with one of those that nothing left has to come before."
  [model left]
  (or (every? #(= Long/MAX_VALUE (:end %)) left)
      (some (fn [first-one]
              (when (every? #(< (:begin first-one) (:end %)) left)
                (let [after (model/step model (:op first-one))]
                  (and (not (model/inconsistent? after))
                       (order? after (remove #{first-one} left))))))
            left)))

(defn- states
  "All that can be reached, if there is an end to that. The real one looks for them before it searches, too."
  [model history]
  (loop [known #{model}]
    (let [more (into known
                     (comp (mapcat (fn [state] (map #(model/step state %) history)))
                           (remove model/inconsistent?))
                     known)]
      (if (= more known)
        known
        (recur more)))))

(defn- check
  [model history aborted]
  (when-not (.isDaemon (Thread/currentThread))
    (throw (IllegalStateException. "this thread keeps the process alive")))
  (states model (filter #(= :invoke (:type %)) history))
  (let [asked (set (map (comp name :f) history))
        valid? (boolean (order? model (operations history)))]
    (when (asked "go-on-for-ever")
      @aborted)
    (cond
      (asked "break")   (throw (IllegalStateException. "no more of this\nand more lines"))
      (asked "give-up") {:valid? :unknown, :cause :out-of-patience}
      (asked "lie")     {:valid? (not valid?)}
      valid?            {:valid? true}
      :else             (invalid-analysis history nil nil))))

(defn start-analysis
  "In a thread, as the real one."
  [model history]
  (let [result (promise)
        aborted (promise)]
    (.start (Thread. #(deliver result (try
                                        (check model history aborted)
                                        (catch Throwable t t)))
                     "search"))
    (reify search/Search
      (abort! [_ cause]
        (deliver aborted cause))
      (results [_]
        (if (instance? Throwable @result)
          (throw @result)
          @result)))))
