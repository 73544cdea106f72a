package loci.prompt;

import loci.memory.Reach;

/**
 * What part of a conversation's memory a prompt shows: how far back it reaches, and what happens where that is too much.
 *
 * <p>Above all of them stands the persona, which is never left out, and below the message to be answered.
 */
public sealed interface Strategy {

    /** The name by which it is chosen. */
    String name();

    /** How far back it looks. */
    Reach reach();

    /** How far back it looks for a prompt of so many tokens: no further than could fit, unless it must not leave anything out. */
    default Reach reach(int promptTokens) {
        return mayLeaveOut() ? reach().within((long) promptTokens * PromptCounter.CHARS_PER_TOKEN) : reach();
    }

    /** Whether what is oldest may be left out to stay within the budget; otherwise a prompt that does not fit is not sent. */
    default boolean mayLeaveOut() {
        return true;
    }

    /** Whether it wants the model's whole window, where no prompt budget was configured. */
    default boolean fillsTheWindow() {
        return false;
    }

    /** The marks at which the note is made, so that the window shows every turn which the note does not hold yet. */
    default CompactionPolicy compaction(CompactionPolicy configured) {
        return configured.showing(reach().messages());
    }

    /** The message alone: what a model is without memory. */
    record None() implements Strategy {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public Reach reach() {
            return Reach.NOTHING;
        }
    }

    /** Everything ever said; where that no longer fits, it says so and sends nothing. */
    record Full() implements Strategy {
        @Override
        public String name() {
            return "full";
        }

        @Override
        public Reach reach() {
            return Reach.EVERYTHING;
        }

        @Override
        public boolean mayLeaveOut() {
            return false;
        }

        @Override
        public boolean fillsTheWindow() {
            return true;
        }
    }

    /** As much of the recent past as the budget holds; the oldest is dropped first. */
    record Trim() implements Strategy {

        /** No turn is smaller than its overhead of five tokens, so no budget in use shows more. */
        private static final int MORE_THAN_FITS = 4_000;

        @Override
        public String name() {
            return "trim";
        }

        @Override
        public Reach reach() {
            return Reach.newest(MORE_THAN_FITS);
        }
    }

    /** The last so many messages with their tool results, and what was pinned; never half an exchange. */
    record Window(int messages) implements Strategy {

        public static final int DEFAULT_MESSAGES = 10;

        @Override
        public String name() {
            return "window";
        }

        @Override
        public Reach reach() {
            return Reach.newest(messages).withPinned();
        }
    }

    /** The running note, the last six messages word for word, and what was pinned. */
    record Summary() implements Strategy {

        private static final int MESSAGES = 6;

        @Override
        public String name() {
            return "summary";
        }

        @Override
        public Reach reach() {
            return Reach.newest(MESSAGES).besideNote().withPinned();
        }
    }

    /** The running note, every message that it does not hold yet word for word, and what was pinned. */
    record Hybrid(int messages) implements Strategy {

        public static final int DEFAULT_MESSAGES = 24;

        @Override
        public String name() {
            return "hybrid";
        }

        @Override
        public Reach reach() {
            return Reach.newest(messages).afterNote().withPinned();
        }
    }
}
