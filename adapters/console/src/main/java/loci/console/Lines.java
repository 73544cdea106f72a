package loci.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream of UTF-8 text, each cut at a limit, so that no input can fill the memory.
 *
 * <p>{@code \n} ends a line and a {@code \r} before it does not count; a byte order mark at the start is dropped; malformed bytes
 * become U+FFFD. For one thread.
 */
final class Lines {

    /** Longest line that is read whole, in UTF-16 units. */
    static final int LONGEST = 100_000;

    private final Reader in;
    private boolean atStart = true;

    Lines(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)));
    }

    /**
     * A line.
     *
     * @param cut whether it was longer and its end is lost
     */
    record Line(String text, boolean cut) {}

    /** Returns the next line, or null at the end; a last line needs no line break. */
    @Nullable
    Line next() throws IOException {
        StringBuilder text = new StringBuilder();
        boolean cut = false;
        int read = in.read();
        if (read < 0) {
            return null;
        }
        while (read >= 0 && read != '\n') {
            if (text.length() < LONGEST) {
                text.append((char) read);
            } else {
                // The \r of a line break is no part of the line.
                cut |= read != '\r';
            }
            read = in.read();
        }
        if (atStart && !text.isEmpty() && text.charAt(0) == '\uFEFF') {
            text.deleteCharAt(0);
        }
        atStart = false;
        int last = text.length() - 1;
        if (last >= 0 && (text.charAt(last) == '\r' || (cut && Character.isHighSurrogate(text.charAt(last))))) {
            text.setLength(last);
        }
        return new Line(text.toString(), cut);
    }
}
