(ns jepsen.checker
  "A stand-in for the one protocol of Jepsen that scrubjay.checker knows. Nothing here is of Jepsen.")

(defprotocol Checker
  (check [checker test history opts]))
