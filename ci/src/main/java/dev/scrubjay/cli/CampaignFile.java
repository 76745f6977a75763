package dev.scrubjay.cli;

import dev.scrubjay.simulation.Tally;
import dev.scrubjay.specs.InputException;
import dev.scrubjay.world.Cell;
import dev.scrubjay.world.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a campaign has come to, in a file, so that it can go on another time.
///
/// @param campaign what is run, in words: a file goes on with no other
record CampaignFile(Path file, String campaign) {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// A cell and how often.
    record Count(String fault, String action, long count) {}

    /// A run in which something was found.
    record Found(long seed, String check, String text, String when, Optional<String> scenario) {}

    /// All that is in the file.
    ///
    /// @param version of this form
    record Content(
            int version,
            String campaign,
            Map<String, Long> totals,
            List<Count> covered,
            List<Count> aimed,
            List<Tally.Size> runs,
            List<Long> failoverNanos,
            List<Found> found) {}

    /// What it has come to; nothing yet where there is no file.
    Tally read() throws IOException {
        if (!Files.exists(file)) {
            return new Tally();
        }
        Content content;
        try {
            content = JSON.readValue(Files.readString(file), Content.class);
        } catch (JacksonException e) {
            throw new InputException(
                    file + ": is no campaign that could go on (" + e.getOriginalMessage() + "); name another file");
        }
        if (content.version() != VERSION) {
            throw new InputException(file + ": is no campaign that this program could go on with; name another file");
        }
        if (!campaign.equals(content.campaign())) {
            throw new InputException(file + ": holds another campaign (" + content.campaign() + ", and this is "
                    + campaign + "); name another file, or delete this one");
        }
        return new Tally(
                new TreeMap<>(content.totals()),
                cells(content.covered()),
                cells(content.aimed()),
                content.runs(),
                content.failoverNanos(),
                content.found().stream()
                        .map(each -> new Tally.Found(
                                each.seed(), new Finding(each.check(), each.text(), each.when()), each.scenario()))
                        .toList());
    }

    /// Whole or not at all: what was there before stays there until the new one is.
    void write(Tally tally) {
        var content = new Content(
                VERSION,
                campaign,
                tally.totals(),
                counts(tally.covered()),
                counts(tally.aimed()),
                tally.sizes(),
                tally.failoverNanos(),
                tally.found().stream()
                        .map(each -> new Found(
                                each.seed(),
                                each.finding().check(),
                                each.finding().text(),
                                each.finding().when(),
                                each.scenario()))
                        .toList());
        var beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(beside, JSON.writeValueAsString(content));
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new InputException(e.getMessage() + ": cannot be written; name another file");
        }
    }

    private static List<Count> counts(SortedMap<Cell, Long> cells) {
        var counts = new ArrayList<Count>();
        cells.forEach((cell, count) -> counts.add(new Count(cell.fault(), cell.action(), count)));
        return counts;
    }

    private static SortedMap<Cell, Long> cells(List<Count> counts) {
        var cells = new TreeMap<Cell, Long>();
        counts.forEach(each -> cells.put(new Cell(each.fault(), each.action()), each.count()));
        return cells;
    }
}
