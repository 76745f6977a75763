package dev.scrubjay.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Numbers things from 0 on, in the order in which they are first seen; equal things have one number.
///
/// The same as a map to boxed numbers in a third of its memory, which counts where each operation has a value
/// of its own.
final class Interned<T> {
    private static final int NONE = -1;
    private static final int SLOTS_MIN = 16;

    private final List<T> members = new ArrayList<>();

    /// Numbers by hash, with open addressing; at most half full.
    private int[] slots = empty(SLOTS_MIN);

    int number(T member) {
        int slot = slot(member);
        if (slots[slot] != NONE) {
            return slots[slot];
        }
        int number = members.size();
        members.add(member);
        slots[slot] = number;
        if (members.size() * 2 > slots.length) {
            slots = empty(slots.length * 2);
            for (int i = 0; i < members.size(); i++) {
                slots[slot(members.get(i))] = i;
            }
        }
        return number;
    }

    T get(int number) {
        return members.get(number);
    }

    List<T> members() {
        return List.copyOf(members);
    }

    /// Where a member is, or where it belongs.
    private int slot(T member) {
        int mask = slots.length - 1;
        int slot = Hash.spread(member.hashCode()) & mask;
        while (slots[slot] != NONE && !members.get(slots[slot]).equals(member)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int[] empty(int length) {
        var slots = new int[length];
        Arrays.fill(slots, NONE);
        return slots;
    }
}
