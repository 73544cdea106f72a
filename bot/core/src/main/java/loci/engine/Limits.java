package loci.engine;

import loci.memory.Ledger.Budgets;

/**
 * How much may be asked and spent. Immutable.
 *
 * @param personPerMinute the most questions of one person in one space within a minute, or 0 for any number
 * @param channelPerMinute the most questions in one channel within a minute, or 0 for any number
 * @param budgets the most that may be spent in a calendar month (UTC)
 */
public record Limits(int personPerMinute, int channelPerMinute, Budgets budgets) {

    public static final Limits NONE = new Limits(0, 0, Budgets.NONE);

    public Limits {
        if (personPerMinute < 0 || channelPerMinute < 0) {
            throw new IllegalArgumentException("below nothing: " + personPerMinute + ", " + channelPerMinute);
        }
    }
}
