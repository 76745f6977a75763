package dev.scrubjay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reports of one run are told from those of an earlier one, whatever clock the file system stamps them by.
final class TestReportsTest {
    private static final Instant BEHIND = Instant.parse("2001-02-03T04:05:06Z");

    @TempDir
    private Path home;

    @Test
    void aReportCountsThoughItsFileSystemsClockIsFarBehind() throws Exception {
        write("a.B", BEHIND);

        assertThat(TestReports.since(Map.of(), home).tests()).isEqualTo(1);
    }

    @Test
    void aReportOfAnEarlierRunDoesNotCountUntilItIsWrittenAgain() throws Exception {
        write("a.B", BEHIND);
        write("a.C", BEHIND);
        var before = TestReports.stamps(home);
        assertThat(TestReports.since(before, home).tests()).isZero();

        write("a.C", BEHIND.plusMillis(1));

        assertThat(TestReports.since(before, home).tests()).isEqualTo(1);
    }

    private void write(String testClass, Instant stamp) throws IOException {
        var file = home.resolve("ci/target/surefire-reports/TEST-" + testClass + ".xml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "<testsuite><testcase classname=\"" + testClass + "\" name=\"d\"/></testsuite>");
        Files.setLastModifiedTime(file, FileTime.from(stamp));
    }
}
