package dev.scrubjay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// What the JUnit XML files of all modules say of one run of the tests.
record TestReports(int tests, int skipped, List<Report.Finding> failures) {
    private static final int DEPTH_MAX = 5;

    /// When each report that is there was written. To be asked before a run.
    ///
    /// A report's time is compared with what it was, never with a clock: a file system stamps by a clock of
    /// its own, which may be milliseconds behind, and more on another machine's disk.
    static Map<Path, FileTime> stamps(Path home) throws IOException {
        var stamps = new HashMap<Path, FileTime>();
        for (var file : files(home)) {
            stamps.put(file, Files.getLastModifiedTime(file));
        }
        return stamps;
    }

    /// Reads the files that were written since; the others tell of another run.
    static TestReports since(Map<Path, FileTime> before, Path home) throws IOException {
        var reading = new Reading();
        for (var file : files(home)) {
            if (!Files.getLastModifiedTime(file).equals(before.get(file))) {
                reading.read(file);
            }
        }
        return new TestReports(reading.tests, reading.skipped, List.copyOf(reading.failures));
    }

    private static List<Path> files(Path home) throws IOException {
        try (var files =
                Files.find(home, DEPTH_MAX, (file, attributes) -> isReport(file) && attributes.isRegularFile())) {
            return files.sorted().toList();
        }
    }

    private static boolean isReport(Path file) {
        var folder = String.valueOf(file.getParent());
        return file.getFileName().toString().matches("TEST-.*\\.xml")
                && (folder.endsWith("target/surefire-reports") || folder.endsWith("target/failsafe-reports"));
    }

    private static final class Reading {
        private int tests;
        private int skipped;
        private final List<Report.Finding> failures = new ArrayList<>();
        private String testClass = "";
        private String test = "";

        void read(Path file) throws IOException {
            var factory = XMLInputFactory.newFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            try (var in = Files.newInputStream(file)) {
                var xml = factory.createXMLStreamReader(in);
                while (xml.hasNext()) {
                    if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                        element(xml);
                    }
                }
            } catch (XMLStreamException e) {
                throw new IOException(file + ": not a JUnit report: " + e.getMessage(), e);
            }
        }

        private void element(XMLStreamReader xml) {
            switch (xml.getLocalName()) {
                case "testcase" -> {
                    tests++;
                    testClass = attribute(xml, "classname");
                    test = attribute(xml, "name");
                }
                case "skipped" -> skipped++;
                case "failure", "error" ->
                    failures.add(new Report.Finding(
                            "test",
                            testClass + "." + test,
                            attribute(xml, "message"),
                            "mvn verify -Dsurefire.failIfNoSpecifiedTests=false -Dtest=" + testClass));
                default -> {}
            }
        }

        private static String attribute(XMLStreamReader xml, String name) {
            return Objects.requireNonNullElse(xml.getAttributeValue(null, name), "");
        }
    }
}
