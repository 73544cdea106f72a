package loci.memory;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import loci.chat.ConversationId;

/**
 * What model calls cost, by month, conversation, person and model, and what is set aside for calls that are running.
 *
 * <p>A call under a budget is paid for in two steps: {@link #reserve} sets aside the most it can cost, before it is made, and
 * {@link #settle} replaces that by what it did cost. So calls that run at once cannot pass a budget together. What was set aside for a
 * call whose process died stays counted in its month: whether the provider charges for it is not known, and a budget that errs must err
 * on the side of the one who pays.
 *
 * <p>Thread-safe, and safe for several processes on one database. Every method is one transaction: when it returns, its effect survives
 * {@code kill -9}; when it throws, it had none. The work of {@link #reserve}, {@link #settle}, {@link #release}, {@link #toTell},
 * {@link #used}, {@link #setAside} and {@link #said} does not grow with what was spent before. Amounts are US dollars, as {@link Dollars} says. Months are the caller's: the
 * ledger knows no time zone. Erasing turns does not touch the ledger; it holds platforms' ids and numbers, nobody's words.
 */
public interface Ledger {

    /** The most characters of a person's id. */
    int LONGEST_AUTHOR_ID = 200;

    /**
     * Who a call is made for.
     *
     * @param conversation where
     * @param authorId the platform's id of the person, at most {@value #LONGEST_AUTHOR_ID} characters; empty for a call that nobody asked
     *     for, such as condensing the note: it counts for its channel and for all, but for no person
     */
    record Payer(ConversationId conversation, String authorId) {

        public Payer {
            if (authorId.length() > LONGEST_AUTHOR_ID
                    || (authorId.isBlank() && !authorId.isEmpty())
                    || authorId.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("nobody can be named so");
            }
        }

        /** A call that nobody asked for. */
        public static Payer nobody(ConversationId conversation) {
            return new Payer(conversation, "");
        }

        /** Whether the call is counted for a person. */
        public boolean isPerson() {
            return !authorId.isEmpty();
        }
    }

    /** Whose spending is counted together; the widest first. */
    enum Whose {
        /** All that this installation spends. */
        ALL,
        /** A channel and all its threads, also where these are conversations of their own. */
        CHANNEL,
        /** A person on a platform, in all its spaces and channels. */
        PERSON
    }

    /**
     * The most dollars that may be spent in a month; empty for no limit. A limit of 0 lets only calls through that cost nothing. A
     * negative one is refused with {@link IllegalArgumentException}.
     *
     * @param all for {@link Whose#ALL}
     * @param channel for the payer's {@link Whose#CHANNEL}
     * @param person for the payer, where it is a {@link Whose#PERSON}
     */
    record Budgets(Optional<BigDecimal> all, Optional<BigDecimal> channel, Optional<BigDecimal> person) {

        /** No limit at all. */
        public static final Budgets NONE = new Budgets(Optional.empty(), Optional.empty(), Optional.empty());

        public Budgets {
            for (Optional<BigDecimal> limit : List.of(all, channel, person)) {
                if (limit.isPresent() && limit.get().signum() < 0) {
                    throw new IllegalArgumentException("a budget cannot be negative: " + limit.get());
                }
            }
        }

        public boolean isEmpty() {
            return all.isEmpty() && channel.isEmpty() && person.isEmpty();
        }

        /** Returns the limit of one kind. */
        public Optional<BigDecimal> of(Whose whose) {
            return switch (whose) {
                case ALL -> all;
                case CHANNEL -> channel;
                case PERSON -> person;
            };
        }
    }

    /** What came of {@link #reserve}. */
    sealed interface Decision {

        /**
         * The amount is set aside.
         *
         * @param reservation names it, for {@link #settle} or {@link #release}; never reused
         */
        record Granted(long reservation) implements Decision {}

        /**
         * The call would pass a budget, and nothing was set aside.
         *
         * @param whose the budget; the widest where it would pass several
         * @param used what is spent of it and set aside
         * @param limit the most that may be
         */
        record Refused(Whose whose, BigDecimal used, BigDecimal limit) implements Decision {}
    }

    /**
     * How a budget stands.
     *
     * @param whose which it is
     * @param spent what is spent of it, and not only set aside
     * @param limit the most that may be
     */
    record Share(Whose whose, BigDecimal spent, BigDecimal limit) {}

    /**
     * Sets an amount aside before a call. Refused where what is spent and set aside in the month would, with the amount, be more than a
     * limit; exactly the limit is granted.
     *
     * @param amount the most that the call can cost; 0 for a model that costs nothing
     * @throws IllegalArgumentException where the amount is not one that {@link Dollars#kept} takes
     */
    Decision reserve(Payer payer, YearMonth month, BigDecimal amount, Budgets budgets);

    /**
     * Records what a call cost, and gives back what was set aside for it, in the month and for the payer it was set aside for. It may have
     * cost more than that. {@link ModelCall#said} is kept where it {@linkplain Said#isNewerThan is newer} than what was kept before.
     *
     * @param reservation empty where nothing was set aside. Where it is already settled or released, nothing happens at all
     */
    void settle(OptionalLong reservation, ModelCall call);

    /** Gives back what was set aside for a call that was not made. Nothing happens where it is already settled or released. */
    void release(long reservation);

    /**
     * Returns the budgets of a payer of which so much is spent that people are to be told, the widest first, and remembers that they are:
     * each is returned once in a month, to whichever caller comes first, and once more where its limit was raised and it comes so far again.
     * What is only set aside does not count, and neither does a budget of which nothing is spent.
     *
     * @param part the part of a limit from which on people are to be told
     */
    List<Share> toTell(Payer payer, YearMonth month, Budgets budgets, BigDecimal part);

    /** Returns what is spent and set aside in a month, for each {@link Whose} of a payer; {@link Whose#PERSON} only where it is one. */
    Map<Whose, BigDecimal> used(Payer payer, YearMonth month);

    /** Returns what of {@link #used} is only set aside: for calls that are running, and for those whose process died. */
    Map<Whose, BigDecimal> setAside(Payer payer, YearMonth month);

    /**
     * Returns what was spent in a month in a channel and all its threads: one row per author id, model and purpose, in the order of
     * {@link Spending#COSTLIEST_FIRST}.
     *
     * @param conversation the channel's, or that of one of its threads
     */
    List<Spending> ofChannel(ConversationId conversation, YearMonth month);

    /**
     * Returns what was spent for a person in a month, wherever on a platform: one row per model and purpose, ordered as by
     * {@link #ofChannel}. Empty for an empty id: what nobody asked for is no person's.
     */
    List<Spending> ofPerson(String platform, String authorId, YearMonth month);

    /** Returns how much was said in a conversation, as last settled; {@link Said#NOTHING} at first. */
    Said said(ConversationId conversation);
}
