package dev.scrubjay.cli;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The documented form of `--json`, as a judge.
final class ReportSchema {
    private ReportSchema() {}

    static List<String> violations(JsonNode report) {
        return schema().validate(report).stream().map(Error::toString).toList();
    }

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Cli.HOME.resolve("docs/report.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
