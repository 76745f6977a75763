(ns knossos.history
  "A stand-in; see knossos.model.")

(defn parse-ops
  "A vector of operations, each of which completes what its process invoked."
  [ops]
  (reduce (fn [running {:keys [process type f] :as op}]
            (case type
              :invoke     (if (running process)
                            (throw (ex-info "two open operations of one process" op))
                            (assoc running process op))
              (:ok :info) (if (= [f (:value op)] ((juxt :f :value) (running process)))
                            (if (= :ok type) (dissoc running process) running)
                            (throw (ex-info "completes something else" op)))))
          {}
          ops)
  (vec ops))
