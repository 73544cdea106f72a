package loci.replay;

import java.util.Random;
import java.util.function.Supplier;

/** Marks as long as real ones and the same in every run, so that the figures are too. Not secret; nothing is sent. Thread-safe. */
final class RepeatableMarks implements Supplier<String> {

    private static final int LENGTH = 6;
    private static final String SIGNS = "abcdefghijkmnopqrstuvwxyz23456789";
    private static final int LETTERS = 25;
    private static final long SEED = 20_260_101;

    private final Random random = new Random(SEED);

    @Override
    public synchronized String get() {
        StringBuilder mark = new StringBuilder(LENGTH);
        mark.append(SIGNS.charAt(random.nextInt(LETTERS)));
        while (mark.length() < LENGTH) {
            mark.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return mark.toString();
    }
}
