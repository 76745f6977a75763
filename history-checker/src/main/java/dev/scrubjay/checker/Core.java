package dev.scrubjay.checker;

import java.util.Arrays;
import java.util.function.Predicate;

/// Finds few values that contradict each other among many that do.
///
/// Of the values in a row, those up to a certain one contradict each other, and without that one they do not;
/// dividing the row in halves again and again finds it. It is needed, so it is kept, and the row ends before
/// it from then on; until what is kept contradicts itself. Each kept value was needed beside those before it
/// in the row, so none of them can be left out: the core is as small as can be by leaving out.
///
/// With `k` values in the core of `n`, this asks about `k` times the logarithm of `n` times.
final class Core {
    private Core() {}

    /// The core of some values, or a bit more where the budget is used up.
    ///
    /// @param values all of them together contradict each other
    /// @param contradict whether some of them do; so do more, then
    static int[] of(int[] values, Budget budget, Predicate<int[]> contradict) {
        var row = values.clone();
        int kept = 0;
        int length = row.length;
        // What is kept stands at the end of the row, what may be needed at its beginning.
        while (true) {
            int least = 0;
            int most = length;
            while (least < most) {
                int middle = (least + most) >>> 1;
                var isEnough = contradict.test(some(row, middle, kept));
                if (!budget.why().isEmpty()) {
                    return some(row, most, kept);
                }
                if (isEnough) {
                    most = middle;
                } else {
                    least = middle + 1;
                }
            }
            if (least == 0) {
                return some(row, 0, kept);
            }
            length = least - 1;
            kept++;
            row[row.length - kept] = row[length];
        }
    }

    /// The first values of a row, and the last; sorted.
    private static int[] some(int[] row, int first, int last) {
        var some = Arrays.copyOf(row, first + last);
        System.arraycopy(row, row.length - last, some, first, last);
        Arrays.sort(some);
        return some;
    }
}
