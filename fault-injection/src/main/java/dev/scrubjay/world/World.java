package dev.scrubjay.world;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a nemesis can do to a system. What brings a fault gives what ends it, or nothing where it had no
/// effect: a fault without one proves nothing.
///
/// Of disks, a world keeps a contract, without which no group could survive: of every entry that a quorum has
/// synced in a slot, one copy stays readable, on a node that may come back; and of the voters of every
/// generation that a group may still need, the disks of a minority at most are gone for good. What would
/// break that is not done.
///
/// Faults overlap, and each ends for itself: a link that two of them cut carries again when both are over.
public interface World extends Places {
    /// All clients, where a way begins or ends with them.
    String CLIENTS = "clients";

    /// One direction of a link.
    record Way(String from, String to) {
        /// By hand, as that of `ReplicaId`: every frame is looked up by its way.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Way that && from.equals(that.from) && to.equals(that.to);
        }

        @Override
        public int hashCode() {
            return 31 * from.hashCode() + to.hashCode();
        }
    }

    /// Links that lose, repeat and delay what they carry. Shares are in parts of a thousand.
    record Weather(int lostPerMille, int repeatedPerMille, long delayNanosMin, long delayNanosSpread) {}

    /// What a fault may wait for, to do the most harm to a node.
    enum Moment {
        /// It waits for nothing.
        AT_ONCE,
        /// A client's request has arrived at the node and is not taken yet.
        AT_A_REQUEST,
        /// The node's disk is at work: it has records that were written, and their sync has not returned.
        DURING_A_SYNC,
        /// The node leads, and has just proposed that others vote.
        WHILE_VOTERS_CHANGE,
        /// The node gives or takes a snapshot, and a part of it is about to arrive.
        WHILE_A_SNAPSHOT_TRAVELS
    }

    /// What becomes of bytes that nobody changed.
    enum Rot {
        /// A byte of a sector is another one.
        FLIPPED,
        /// A sector is all zeros.
        ZEROED,
        /// What was written to a sector went to another one, where it does not belong.
        MISDIRECTED
    }

    /// What may be wrong with what keeps the archive.
    enum Trouble {
        /// It says that it cannot.
        AWAY("away"),
        /// It says nothing.
        SILENT("silent"),
        /// It answers after a long while.
        SLOW("slow"),
        /// It has no room for more.
        FULL("full"),
        /// It says of some objects that it has them, and has not.
        LYING("lying"),
        /// It gives other bytes than it took, of one object.
        ROTTEN("rotten");

        private final String word;

        Trouble(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// Those of its nodes that still have the disk with which they began.
    SortedSet<String> originals();

    /// Takes the power from a node that is on; what its disk had not synced may be lost. Ends with the power
    /// coming back.
    Optional<Ongoing> powerOff(String node);

    /// Tells a node that it is to stop, and switches it off a moment later: what it wrote by then is on its
    /// disk. Ends with the node coming back.
    Optional<Ongoing> leave(String node);

    /// Stops a node, and starts a later version of the program on its disk. Nothing mends that.
    Optional<Ongoing> upgrade(String node);

    /// Stops a node that was upgraded, and starts this version again. Nothing mends that.
    Optional<Ongoing> downgrade(String node);

    /// Stops a node where it stands. What comes for it waits, and is taken when it goes on.
    Optional<Ongoing> pause(String node);

    /// Nothing passes there any more.
    Optional<Ongoing> cut(Set<Way> ways);

    /// These links are as bad as that; of several such faults, the one that began last decides.
    Optional<Ongoing> weather(Set<Way> ways, Weather weather);

    /// A node's clock goes at so many thousandths of the speed of true time.
    Optional<Ongoing> drift(String node, int perMille);

    /// A node's clock jumps. Since a clock never goes back, one that jumps back stands still until it is
    /// where it was. Says whether there was a clock to jump.
    boolean jump(String node, long nanos);

    /// The next sync of a node's disk fails, and what it was to make safe is only in the memory of the system
    /// then. The node stops; whoever supervises it starts it again.
    Optional<Ongoing> failSync(String node);

    /// The syncs of a node's disk take so many times as long.
    Optional<Ongoing> slowDisk(String node, int times);

    /// No sync of a node's disk returns before it ends.
    Optional<Ongoing> stuckDisk(String node);

    /// No file can be made on a node's disk.
    Optional<Ongoing> fullDisk(String node);

    /// Nothing can be read from a node's disk.
    Optional<Ongoing> readErrors(String node);

    /// Something that was synced rots on a node's disk, before the last that was written. Nothing mends that.
    Optional<Ongoing> rot(String node, Rot rot);

    /// The state of one of a node's groups rots where it lies. The node notices when it reads it: at the end
    /// of this at the latest, when it is started again.
    Optional<Ongoing> rotState(String node);

    /// A value in the state of a group, which nobody reads, is another one all of a sudden, on each of these
    /// nodes another. Nothing mends that but the group itself.
    ///
    /// @param isWritten whether it is as if a program had written it; else it rotted where it lies
    Optional<Ongoing> decay(List<String> nodes, boolean isWritten);

    /// Something is wrong with what keeps the archive. What it took before is there again when this ends.
    Optional<Ongoing> troubleArchive(Trouble trouble);

    /// The syncs of a node's disk return well, and make nothing safe, until it ends. This breaks the
    /// contract: nobody can tell what a power-off takes then from what was never written.
    Optional<Ongoing> dropSyncs(String node);

    /// All that a node's disk had is gone, and the node with it; until it ends, and a new node with an empty
    /// disk is there under the same name.
    Optional<Ongoing> wipe(String node);

    /// Once, when the moment has come for a node: does this.
    ///
    /// @param node says which; asked whenever the moment comes for any, since leaders come and go
    void when(Moment moment, Supplier<String> node, Runnable then);
}
