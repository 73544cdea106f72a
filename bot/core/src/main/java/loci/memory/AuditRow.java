package loci.memory;

import java.time.Instant;

/**
 * That somebody ran a command, for whoever has to answer for a place. Holds nobody's words. A text that is too long is refused with
 * {@link IllegalArgumentException}.
 *
 * @param at when; a store keeps it to the microsecond
 * @param by the platform's id of who ran it, at most {@value #LONGEST} characters
 * @param action the command and what it does, such as {@code forget, own}; at most {@value #LONGEST} characters
 * @param outcome what became of it: {@code allowed}, {@code confirmed} or {@code denied}; at most {@value #LONGEST} characters
 */
public record AuditRow(Instant at, String by, String action, String outcome) {

    /** The most characters of each text. */
    public static final int LONGEST = 200;

    public AuditRow {
        requireLength(by);
        requireLength(action);
        requireLength(outcome);
    }

    private static void requireLength(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a text of " + text.length() + " characters in an audit row; at most " + LONGEST);
        }
    }
}
