package dev.scrubjay.protocol;

import dev.scrubjay.state.MemoryStateStore;
import dev.scrubjay.value.Decoder;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.HashTree;
import dev.scrubjay.value.HashTree.Sum;
import dev.scrubjay.value.StateRow;

/// Changes what lies in a state behind the back of whoever wrote it.
final class StateRows {
    private StateRows() {}

    /// @param withSum whether the sum that was written with the row goes along
    static void alter(MemoryStateStore states, long group, String name, String value, boolean withSum) {
        var key = new Encoder().put(StateRow.KEY).putLast(name).bytes();
        var before = states.get(group, key).orElseThrow();
        var after = new Encoder().put(before[0]).putLast(value).bytes();
        states.alter(group, key, after);
        if (withSum) {
            var place = HashTree.keyOfSum(HashTree.leaf(key));
            var row = Decoder.of(states.get(group, place).orElseThrow());
            byte version = row.oneByte();
            var sum = new Sum(row.number(), row.number())
                    .minus(HashTree.hash(key, before))
                    .plus(HashTree.hash(key, after));
            states.alter(
                    group,
                    place,
                    new Encoder().put(version).put(sum.high()).put(sum.low()).bytes());
        }
    }
}
