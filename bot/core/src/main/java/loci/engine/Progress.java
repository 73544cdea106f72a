package loci.engine;

import java.util.function.Consumer;
import loci.sanitize.OutboundSanitizer;

/**
 * Collects a streamed answer and shows its beginning as far as it is safe to show.
 *
 * <p>Sanitising looks at the whole beginning each time, so it is done at most ten times a second; no reader sees more, and a long answer
 * does not cost the square of its length. One thread only.
 */
final class Progress implements Consumer<String> {

    private static final long INTERVAL_NANOS = 100_000_000;

    private final String mark;
    private final Consumer<String> shown;
    private final StringBuilder text = new StringBuilder();
    private boolean begun;
    private long lastShown;

    Progress(String mark, Consumer<String> shown) {
        this.mark = mark;
        this.shown = shown;
    }

    @Override
    public void accept(String piece) {
        text.append(piece);
        long now = System.nanoTime();
        if (begun && now - lastShown < INTERVAL_NANOS) {
            return;
        }
        begun = true;
        lastShown = now;
        shown.accept(OutboundSanitizer.shown(text.toString(), mark));
    }
}
