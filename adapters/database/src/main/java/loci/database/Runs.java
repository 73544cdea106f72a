package loci.database;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Sorted numbers as runs of neighbours, because SQL and key trees handle a run as cheaply as one number. */
final class Runs {

    /** Neighbouring numbers, both ends included. */
    record Run(long first, long last) {}

    private Runs() {}

    /** Splits numbers into as few runs as there can be, none of more than {@code longest} numbers. */
    static List<Run> of(SortedSet<Long> numbers, int longest) {
        List<Run> runs = new ArrayList<>();
        long first = 0;
        long last = -1;
        for (long number : numbers) {
            boolean continues = last >= first && number == last + 1 && number - first < longest;
            if (!continues) {
                if (last >= first) {
                    runs.add(new Run(first, last));
                }
                first = number;
            }
            last = number;
        }
        if (last >= first) {
            runs.add(new Run(first, last));
        }
        return runs;
    }
}
