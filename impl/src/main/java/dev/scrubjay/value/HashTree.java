package dev.scrubjay.value;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/// What the rows of a state come to: hashes of hashes, so that who has one tree and may ask about another
/// finds with a few questions where the two differ.
///
/// A row is in one of 4,096 leaves, by its key. A leaf is the sum of the hashes of its rows: so the order of
/// rows means nothing, and a row that changes changes the sum by what it was and what it is. Every other node
/// is the hash of its sixteen children. Nodes are numbered from the root on, level by level.
public final class HashTree {
    /// How many leaves there are.
    public static final int LEAVES = 4_096;

    public static final int ROOT = 0;

    private static final int FAN = 16;
    private static final int FIRST_LEAF = 1 + FAN + FAN * FAN;
    private static final int NODES = FIRST_LEAF + LEAVES;
    private static final int LEAF_BITS = 12;

    /// What each level comes to, from the leaves on upwards, where there are no rows. Most leaves have none,
    /// so most nodes need no hash: without it, trees were an eighth of a run with many groups that are idle.
    private static final List<Sum> EMPTY = empty();

    /// The sum of some hashes, of 16 bytes each.
    public record Sum(long high, long low) {
        public static final Sum NONE = new Sum(0, 0);

        public Sum plus(Sum other) {
            return new Sum(high + other.high, low + other.low);
        }

        public Sum minus(Sum other) {
            return new Sum(high - other.high, low - other.low);
        }

        public Bytes bytes() {
            return Bytes.of(toArray());
        }

        private byte[] toArray() {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(high)
                    .putLong(low)
                    .array();
        }
    }

    /// Rows in any order, of which a tree is to be made.
    public static final class Builder {
        private final Sum[] sums = noSums();

        /// What the state itself says that its leaves come to.
        private final Sum[] said = noSums();

        private static Sum[] noSums() {
            var sums = new Sum[LEAVES];
            Arrays.fill(sums, Sum.NONE);
            return sums;
        }

        public void add(Row row) {
            var key = row.key().toArray();
            if (StateRow.isSum(key)) {
                said[leafOfSum(key)] = sum(row.value().toArray());
            } else {
                sums[leaf(key)] = sums[leaf(key)].plus(hash(key, row.value().toArray()));
            }
        }

        public void remove(Row row) {
            var key = row.key().toArray();
            sums[leaf(key)] = sums[leaf(key)].minus(hash(key, row.value().toArray()));
        }

        /// Whether the rows are those that were written, as far as the sums tell that were written with them.
        public boolean isAsSaid() {
            return notAsSaid().isEmpty();
        }

        /// The first leaf of which that is not so.
        public OptionalInt notAsSaid() {
            int leaf = Arrays.mismatch(sums, said);
            return leaf < 0 ? OptionalInt.empty() : OptionalInt.of(leaf);
        }

        public HashTree build() {
            return new HashTree(sums);
        }
    }

    private final Sum[] nodes = new Sum[NODES];

    private HashTree(Sum[] leaves) {
        System.arraycopy(leaves, 0, nodes, FIRST_LEAF, LEAVES);
        var sha = sha();
        for (int node = FIRST_LEAF - 1; node >= 0; node--) {
            int level = node >= 1 + FAN ? 1 : node >= 1 ? 2 : 3;
            nodes[node] = isEmpty(node, EMPTY.get(level - 1)) ? EMPTY.get(level) : hash(node, sha);
        }
    }

    private static List<Sum> empty() {
        var empty = new ArrayList<Sum>();
        empty.add(Sum.NONE);
        for (int level = 1; level <= 3; level++) {
            var sha = sha();
            for (int child = 0; child < FAN; child++) {
                sha.update(empty.getLast().toArray());
            }
            empty.add(first(sha.digest()));
        }
        return List.copyOf(empty);
    }

    /// Whether all children come to what they do without rows.
    private boolean isEmpty(int node, Sum empty) {
        for (int child = 0; child < FAN; child++) {
            if (!nodes[child(node, child)].equals(empty)) {
                return false;
            }
        }
        return true;
    }

    private Sum hash(int node, MessageDigest sha) {
        for (int child = 0; child < FAN; child++) {
            sha.update(nodes[child(node, child)].toArray());
        }
        return first(sha.digest());
    }

    /// What a node comes to whose children come to this.
    public static Bytes parent(List<Bytes> children) {
        var sha = sha();
        children.forEach(child -> sha.update(child.toArray()));
        return first(sha.digest()).bytes();
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Sum first(byte[] digest) {
        var decoder = Decoder.of(digest);
        return new Sum(decoder.number(), decoder.number());
    }

    /// The hash of one row.
    public static Sum hash(byte[] key, byte[] value) {
        var sha = sha();
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(key.length).array());
        sha.update(key);
        return first(sha.digest(value));
    }

    /// In which leaf a row is.
    public static int leaf(byte[] key) {
        var checksum = new CRC32C();
        checksum.update(key);
        return (int) checksum.getValue() >>> (Integer.SIZE - LEAF_BITS);
    }

    /// The key of the row that says what a leaf comes to.
    public static byte[] keyOfSum(int leaf) {
        return new byte[] {StateRow.SUM, (byte) (leaf >> Byte.SIZE), (byte) leaf};
    }

    private static int leafOfSum(byte[] key) {
        return key.length == 3 ? ((key[1] << Byte.SIZE) | (key[2] & 0xFF)) & (LEAVES - 1) : 0;
    }

    /// What stands in that row when another row of the leaf has changed.
    public static byte[] sumAfter(byte[] sum, byte[] key, byte[] before, byte[] after) {
        var changed = sum(sum).minus(hash(key, before)).plus(hash(key, after));
        return new Encoder().put(sum[0]).put(changed.high()).put(changed.low()).bytes();
    }

    /// What stands in that row. One that cannot be read is no sum that anything comes to.
    private static Sum sum(byte[] value) {
        if (value.length != 1 + 2 * Long.BYTES) {
            return new Sum(-1, -1);
        }
        var decoder = Decoder.of(value);
        decoder.oneByte();
        return new Sum(decoder.number(), decoder.number());
    }

    private static int child(int node, int number) {
        return FAN * node + 1 + number;
    }

    /// Whether there is such a node.
    public static boolean isNode(int node) {
        return node >= ROOT && node < NODES;
    }

    public static boolean isLeaf(int node) {
        return node >= FIRST_LEAF;
    }

    /// The node that is this leaf.
    public static int nodeOf(int leaf) {
        return FIRST_LEAF + leaf;
    }

    /// Which leaf a node is.
    public static int leafOf(int node) {
        return node - FIRST_LEAF;
    }

    public Bytes root() {
        return nodes[ROOT].bytes();
    }

    /// What the children of a node come to, in their order.
    public List<Bytes> children(int node) {
        var children = new ArrayList<Bytes>(FAN);
        for (int child = 0; child < FAN; child++) {
            children.add(nodes[child(node, child)].bytes());
        }
        return children;
    }

    /// The nodes below this one that come to something else than these.
    public List<Integer> others(int node, List<Bytes> children) {
        var others = new ArrayList<Integer>();
        for (int child = 0; child < FAN; child++) {
            if (child >= children.size() || !children.get(child).equals(nodes[child(node, child)].bytes())) {
                others.add(child(node, child));
            }
        }
        return others;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashTree that && Arrays.equals(nodes, that.nodes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(nodes);
    }

    @Override
    public String toString() {
        return root().toString();
    }
}
