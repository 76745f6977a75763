(ns acme.broken)

(defn step [state operation]
  (nonsense state))
