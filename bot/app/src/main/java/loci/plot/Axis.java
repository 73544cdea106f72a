package loci.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * A scale from numbers to the length of an axis, with round numbers to label it. Immutable.
 *
 * @param from the number at the axis' beginning
 * @param to the number at its end, which is larger
 * @param ticks the round numbers between, ascending
 */
record Axis(boolean logarithmic, double from, double to, List<Long> ticks) {

    private static final int MOST_TICKS = 9;
    private static final double[] ROUND = {1, 2, 5};

    Axis {
        ticks = List.copyOf(ticks);
    }

    /** Returns an axis from zero to a round number that no value is above. */
    static Axis linear(long most) {
        long step = step(Math.max(1, most), MOST_TICKS - 1);
        long end = Math.ceilDiv(Math.max(1, most), step) * step;
        return new Axis(false, 0, end, multiples(step, 0, end));
    }

    /** Returns an axis that begins and ends with the first and the last value and has round numbers between. */
    static Axis counted(long first, long last) {
        long end = Math.max(last, first + 1);
        return new Axis(false, first, end, multiples(step(end - first, MOST_TICKS), first, end));
    }

    /** Returns an axis on which equal ratios have equal lengths. */
    static Axis logarithmic(long least, long most) {
        List<Long> round = new ArrayList<>();
        for (double decade = 1; decade <= Math.max(2, most) * 10.0; decade *= 10) {
            for (double digit : ROUND) {
                round.add((long) (decade * digit));
            }
        }
        int first = 0;
        while (first + 1 < round.size() && round.get(first + 1) <= Math.max(1, least)) {
            first++;
        }
        int last = first + 1;
        while (round.get(last) < most) {
            last++;
        }
        List<Long> ticks = new ArrayList<>(round.subList(first, last + 1));
        if (ticks.size() > MOST_TICKS) {
            ticks.removeIf(tick -> !Long.toString(tick).matches("10*"));
        }
        return new Axis(true, round.get(first), round.get(last), ticks);
    }

    /** Returns where a number stands: 0 at the beginning, 1 at the end. */
    double share(double number) {
        double share = logarithmic
                ? Math.log(Math.max(number, from) / from) / Math.log(to / from)
                : (number - from) / (to - from);
        return Math.clamp(share, 0, 1);
    }

    /** The smallest of 1, 2, 5, 10, 20 and so on of which no more than so many make up the length. */
    private static long step(long length, int most) {
        for (long decade = 1; ; decade *= 10) {
            for (double digit : ROUND) {
                long step = (long) (decade * digit);
                if (length / (double) step <= most) {
                    return step;
                }
            }
        }
    }

    private static List<Long> multiples(long step, long from, long to) {
        List<Long> ticks = new ArrayList<>();
        for (long tick = Math.ceilDiv(from, step) * step; tick <= to; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }
}
