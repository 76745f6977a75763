package dev.scrubjay.simulation;

import dev.scrubjay.message.ClientReply.Answered;
import dev.scrubjay.message.Operation;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Members;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Of every quorum of the present voters that may still answer, somebody has synced what a client was told,
/// or the archive has it.
final class OnEveryQuorumInv extends AnswerInvariant {
    private final Disks disks;

    /// Of each group, what clients were told and the archive has not.
    private final Map<Long, SortedMap<Long, Entry>> told = new HashMap<>();

    /// Who voted in each group when all of that was looked at last.
    private final Map<Long, Members> lookedWith = new HashMap<>();

    OnEveryQuorumInv(Disks disks) {
        this(disks, new Questions());
    }

    OnEveryQuorumInv(Disks disks, Questions questions) {
        super(questions);
        this.disks = disks;
    }

    @Override
    void answered(String from, Request request, Operation operation, Answered answer) {
        var log = disks.chosenLog(request.group());
        if (operation.entry().isPresent() && answer.slot() <= log.size()) {
            var entry = log.get((int) answer.slot() - 1);
            told.computeIfAbsent(request.group(), _ -> new TreeMap<>()).put(answer.slot(), entry);
            look(request.group(), answer.slot(), entry);
        }
    }

    /// Others may vote from here on. As long as nobody else does, there is nothing to look for: of what was
    /// told, those who have synced it become more, and those whose disk is gone do not count. Looking all the
    /// same took a tenth of a run with a thousand operations a second.
    @Override
    void quorate(long group, long slot) {
        var members = disks.members(group);
        if (!members.equals(lookedWith.put(group, members))) {
            told.getOrDefault(group, new TreeMap<>()).forEach((at, entry) -> look(group, at, entry));
        }
    }

    @Override
    void archived(long group, long slot, Entry entry) {
        told.getOrDefault(group, new TreeMap<>()).headMap(slot + 1).clear();
    }

    private void look(long group, long slot, Entry entry) {
        var members = disks.members(group);
        var without = members.voters().stream()
                .filter(voter -> !disks.isGone(voter) && !disks.hasSyncedEntry(voter.node(), group, slot, entry))
                .collect(Collectors.toCollection(TreeSet::new));
        if (slot > disks.archived(group) && members.isQuorum(without)) {
            throw broken("a client was told of slot " + slot + " of group " + group + ", and most voters of generation "
                    + members.generation() + " have not synced it: " + without + " have not " + entry);
        }
    }
}
