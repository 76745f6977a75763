package dev.scrubjay.cli;

import dev.scrubjay.simulation.Tally;
import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// The runs of a campaign as JUnit XML: a test for each seed.
final class CampaignJunit {
    private static final String NAME = "simulate";

    private CampaignJunit() {}

    /// @param findings of all runs, with where each was
    static void write(Path file, Tally tally, List<Report.Finding> findings, double seconds) {
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", NAME);
            xml.writeAttribute("tests", String.valueOf(tally.runs()));
            xml.writeAttribute("failures", String.valueOf(tally.bad()));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", "0");
            xml.writeAttribute("time", String.valueOf(seconds));
            var bySeed = findings.stream().collect(Collectors.groupingBy(Report.Finding::where));
            for (var run : tally.sizes()) {
                test(xml, "seed " + run.seed(), bySeed.getOrDefault("seed " + run.seed(), List.of()));
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (IOException | XMLStreamException e) {
            throw new InputException(file + ": cannot be written (" + e.getMessage() + "); name another file");
        }
    }

    private static void test(XMLStreamWriter xml, String name, List<Report.Finding> findings)
            throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", NAME);
        xml.writeAttribute("name", name);
        if (!findings.isEmpty()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", writable(findings.getFirst().text()));
            xml.writeCharacters(findings.stream()
                    .map(finding -> writable(finding.text() + "\nreproduce: " + finding.reproduce()))
                    .collect(Collectors.joining("\n")));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /// XML has no way to say some control characters.
    private static String writable(String text) {
        return text.codePoints()
                .map(point -> point < ' ' && point != '\n' && point != '\t' ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
