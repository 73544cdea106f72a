package loci.memory;

/**
 * How far back into a conversation a view looks.
 *
 * @param messages the most messages read into the window, the newest; tool results come with their exchange and are not counted; 0 reads none
 * @param chars the most characters of text read into the window
 * @param note whether the running note is read. Without it, {@link MemoryView#waiting} counts nothing
 * @param intoNote whether the window goes on into turns that the note covers; without it the window begins after the note
 * @param pinned whether pinned exchanges are read, however old
 */
public record Reach(int messages, long chars, boolean note, boolean intoNote, boolean pinned) {

    /** Nothing but the live message. */
    public static final Reach NOTHING = new Reach(0, 0, false, false, false);

    /** Every turn there is. */
    public static final Reach EVERYTHING = newest(Integer.MAX_VALUE);

    public Reach {
        if (messages < 0 || chars < 0) {
            throw new IllegalArgumentException("messages " + messages + ", characters " + chars);
        }
    }

    /** The newest messages, whether or not a note covers them. */
    public static Reach newest(int messages) {
        return new Reach(messages, Long.MAX_VALUE, false, true, false);
    }

    /** The note, and the window of what it does not cover yet. */
    public Reach afterNote() {
        return new Reach(messages, chars, true, false, pinned);
    }

    /** The note, and the newest messages even where it covers them. */
    public Reach besideNote() {
        return new Reach(messages, chars, true, true, pinned);
    }

    /** Pinned exchanges too, however old. */
    public Reach withPinned() {
        return new Reach(messages, chars, note, intoNote, true);
    }

    /** The same, reading so many characters at most. */
    public Reach within(long most) {
        return new Reach(messages, most, note, intoNote, pinned);
    }
}
