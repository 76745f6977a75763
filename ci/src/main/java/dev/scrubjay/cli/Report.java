package dev.scrubjay.cli;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;

/// What a command has to say at its end, for a person and for a program.
///
/// @param closing the last line for a person, without the word of the verdict
/// @param facts what this command tells beyond what all tell, in the JSON form only
record Report(Exit exit, String closing, List<Finding> findings, SequencedMap<String, Object> facts) {

    /// One thing that is not as it should be.
    ///
    /// @param kind a word, the same for all findings of a kind
    /// @param where what it is about: a model, a file, a test
    /// @param text what a person reads
    /// @param reproduce the command that shows it again; empty where nothing would
    record Finding(String kind, String where, String text, String reproduce) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    Report {
        findings = List.copyOf(findings);
        facts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(facts));
    }

    static Report failure(Exit exit, String kind, String where, String text) {
        return new Report(exit, "", List.of(new Finding(kind, where, text, "")), new LinkedHashMap<>());
    }

    /// One object on one line; `docs/report.schema.json` describes it.
    String json(String command, Duration time) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("command", command);
        object.put("verdict", exit.verdict());
        object.put("exit", exit.code());
        object.put("seconds", time.toMillis() / 1000.0);
        object.put("findings", findings);
        object.putAll(facts);
        return JSON.writeValueAsString(object);
    }
}
