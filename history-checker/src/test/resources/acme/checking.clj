(ns acme.checking
  "A program of a user of Clojure that has histories checked, run as one by CheckingFromClojureTest."
  (:require [acme.objects]
            [clojure.test :refer [deftest is run-tests]]
            [jepsen.checker :as jepsen]
            [scrubjay.checker :as checker])
  (:import (dev.scrubjay.object Register)))

(defrecord Op [index time type process f value])

(defn- history
  "Operations one after the other, each as [process f argument result], after one of a nemesis."
  [& operations]
  (into [(->Op 0 0 :info :nemesis :kill ["n1"])]
        (map-indexed (fn [i op] (assoc op :index (inc i))))
        (mapcat (fn [[process f argument result]]
                  [(->Op nil 0 :invoke process f argument) (->Op nil 0 :ok process f result)])
                operations)))

(def ^:private valid (history [0 :write 1 1] [1 :cas [1 2] [1 2]] [0 :read nil 2]))
(def ^:private invalid (history [0 :write 1 1] [1 :write 2 2] [0 :read nil 1]))
(def ^:private twice-written (history [0 :write 1 1] [1 :write 2 2] [2 :write 1 1] [2 :write 3 3] [0 :read nil 1]))

(deftest a-valid-history
  (is (= {:valid? true
          :object "cas-register"
          :engine "zones"
          :why    "linearizable: what completed has an order (operations: 3)"}
         (checker/check :cas-register valid)))
  (is (:valid? (checker/check "register" (map #(into {} %) valid))))
  (is (:valid? (checker/check (Register.) valid)))
  (is (:valid? (checker/check nil valid)))
  (is (:valid? (checker/check :register [])))
  (is (:valid? (checker/check :register nil))))

(deftest an-invalid-history
  (let [{:keys [valid? op operations why]} (checker/check :register invalid)]
    (is (false? valid?))
    (is (identical? (last invalid) op))
    (is (= (set (partition 2 (rest invalid))) (set operations)))
    (is (re-find #"^not linearizable: " why))))

(deftest an-invalid-history-that-was-searched
  (let [{:keys [valid? op operations engine]} (checker/check :register twice-written)]
    (is (false? valid?))
    (is (= "search" engine))
    (is (identical? (last twice-written) op))
    (is (= (partition 2 (rest twice-written)) operations))))

(deftest the-end-of-a-long-order-is-shown
  (let [history (apply history (concat (repeat 30 [0 :write 1 1]) [[0 :read nil 2]]))]
    (is (= (map vec (take-last 11 (partition 2 (rest history))))
           (:operations (checker/check :register history {:engine :breadth}))))))

(deftest operations-without-an-index
  (let [history (mapv #(dissoc (into {} %) :index) invalid)]
    (is (identical? (peek history) (:op (checker/check :register history))))))

(deftest an-open-operation-has-an-invocation-alone
  (let [open {:type :invoke, :process 7, :f :write, :value 8}
        seen (map #(dissoc (into {} %) :index) (history [0 :read nil 8] [0 :read nil 9]))
        {:keys [valid? operations]} (checker/check :register (cons open seen) {:initial 9, :engine :search})]
    (is (false? valid?))
    (is (= (cons [open] (partition 2 (rest seen))) operations))))

(deftest histories-of-keys
  (let [tuple #(clojure.lang.MapEntry/create %1 %2)
        history (history [0 :write (tuple :x 1) (tuple :x 1)]
                         [0 :write (tuple :y 2) (tuple :y 2)]
                         [1 :read (tuple :y nil) (tuple :y 1)])]
    (is (= [false "\"y\""] ((juxt :valid? :key) (checker/check :independent:register history))))))

(deftest options
  (is (= "breadth" (:engine (checker/check :register valid {:engine :breadth}))))
  (let [history (history [0 :write 1 1] [0 :read nil nil])]
    (is (true? (:valid? (checker/check :register history {:initial 7}))))
    (is (false? (:valid? (checker/check :register history {:read-nil :initial, :initial 7})))))
  (is (:valid? (checker/check :register (history [0 :read nil 7]) {:initial 7})))
  (is (= :unknown (:valid? (checker/check :register invalid {:engine :depth, :limit-seconds 0}))))
  (is (some? (:op (checker/check :register invalid {:engine :depth, :limit-seconds 0}))))
  (is (:valid? (checker/check :register valid {:limit-seconds 600}))))

(deftest a-function-is-an-object
  (let [history (history [0 :add 2 nil] [0 :add 1 nil] [0 :read nil [1 2]])]
    (is (:valid? (checker/check #'acme.objects/sorted-bag history)))
    (is (= "clojure:acme.objects/sorted-bag" (:object (checker/check :clojure:acme.objects/sorted-bag history))))))

(deftest what-cannot-be-checked-is-told-of-in-one-line
  (is (thrown-with-msg? IllegalArgumentException #"there is no object 'regster'; there are: "
                        (checker/check :regster valid)))
  (is (thrown-with-msg? IllegalArgumentException #"^there is no option :engin; there are: :engine, :fail, "
                        (checker/check :register valid {:engin :zones})))
  (is (thrown-with-msg? IllegalArgumentException #"^:fail is :seen, which is none of: :dropped, :observed$"
                        (checker/check :register valid {:fail :seen})))
  (is (thrown-with-msg? IllegalArgumentException #"^which object\? Name one; the operations \(fly\) do not say "
                        (checker/check nil (history [0 :fly nil nil]))))
  (is (thrown-with-msg? dev.scrubjay.history.HistoryException #"^operation 7 of the history: .*invoked nothing"
                        (checker/check :register (conj valid (->Op 9 0 :ok 5 :read nil))))))

(deftest in-a-test-of-jepsen
  (let [checker (checker/linearizable {:object :register, :limit-seconds 600})]
    (is (satisfies? jepsen/Checker checker))
    (is (true? (:valid? (jepsen/check checker {:name "a test"} valid {}))))
    (is (false? (:valid? (jepsen/check checker {:name "a test"} invalid {:subdirectory "x"}))))
    (is (thrown-with-msg? IllegalArgumentException #"there is no option :model; "
                          (checker/linearizable {:model :register})))))

(deftest knossos-keeps-nothing-alive
  (let [threads #(set (remove (fn [thread] (.isDaemon ^Thread thread)) (keys (Thread/getAllStackTraces))))
        before (threads)]
    (is (= [true "knossos"] ((juxt :valid? :engine) (checker/check :register valid {:engine :knossos}))))
    (is (false? (:valid? (checker/check :register invalid {:engine :knossos}))))
    (is (= before (threads)))))

(let [{:keys [fail error]} (run-tests)]
  (flush)
  (when (pos? (+ fail error))
    (System/exit 1)))
