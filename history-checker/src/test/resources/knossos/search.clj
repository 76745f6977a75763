(ns knossos.search
  "A stand-in; see knossos.model.")

(defprotocol Search
  (abort! [search cause])
  (results [search]))
