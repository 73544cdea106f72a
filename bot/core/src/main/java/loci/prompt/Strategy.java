package loci.prompt;

/** What part of a conversation's memory a prompt shows. */
public sealed interface Strategy {

    /** Whether older turns are condensed into a running note, and the note shown. */
    boolean usesNote();

    /** The most turns shown word for word. */
    int windowTurns();

    /** Whether turns may be left out to stay within the budget; otherwise a prompt that does not fit is not sent. */
    default boolean mayLeaveOut() {
        return true;
    }

    /** The live message alone: shows what a model is without memory. */
    record None() implements Strategy {
        @Override
        public boolean usesNote() {
            return false;
        }

        @Override
        public int windowTurns() {
            return 0;
        }
    }

    /** Everything ever said; where that no longer fits, nothing is sent. */
    record Full() implements Strategy {
        @Override
        public boolean usesNote() {
            return false;
        }

        @Override
        public int windowTurns() {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean mayLeaveOut() {
            return false;
        }
    }

    /** As much of the recent past as the budget holds. */
    record Trim() implements Strategy {

        /** No turn is smaller than its overhead of five tokens, so no budget in use could show more. */
        private static final int MORE_THAN_FITS = 4_000;

        @Override
        public boolean usesNote() {
            return false;
        }

        @Override
        public int windowTurns() {
            return MORE_THAN_FITS;
        }
    }

    /** The last so many turns. */
    record Window(int windowTurns) implements Strategy {
        @Override
        public boolean usesNote() {
            return false;
        }
    }

    /** The running note and the last few turns. */
    record Summary() implements Strategy {
        @Override
        public boolean usesNote() {
            return true;
        }

        @Override
        public int windowTurns() {
            return 6;
        }
    }

    /** The running note, and the window of turns that it does not cover yet. */
    record Hybrid(int windowTurns) implements Strategy {
        @Override
        public boolean usesNote() {
            return true;
        }
    }
}
