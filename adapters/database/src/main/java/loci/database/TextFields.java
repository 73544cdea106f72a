package loci.database;

/**
 * Several texts in one, each as its length in UTF-16 units, a colon and itself, like
 * <a href="https://cr.yp.to/proto/netstrings.txt">netstrings</a>. Lengths count units and not bytes, so that a half of a surrogate
 * pair, which sealing turns into {@code ?}, moves nothing.
 */
final class TextFields {

    private TextFields() {}

    /** Builds the joined text. Not thread-safe. */
    static final class Writer {
        private final StringBuilder joined = new StringBuilder();

        /** @param version one character that says what follows */
        Writer(char version) {
            joined.append(version);
        }

        Writer add(String field) {
            joined.append(field.length()).append(':').append(field);
            return this;
        }

        String joined() {
            return joined.toString();
        }
    }

    /** Takes it apart. Not thread-safe. */
    static final class Reader {
        private final String joined;
        private int at = 1;

        /** @throws IllegalStateException where the text is of another version, written by a newer Loci */
        Reader(char version, String joined) {
            if (joined.isEmpty() || joined.charAt(0) != version) {
                throw new IllegalStateException("a stored text is of an unknown version");
            }
            this.joined = joined;
        }

        String next() {
            int colon = joined.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(joined, at, colon, 10);
            at = end;
            return joined.substring(colon + 1, end);
        }

        boolean hasNext() {
            return at < joined.length();
        }
    }
}
