package loci.chat;

/** The one rule for identifiers that come from outside: short, not blank, no control characters. */
final class Identifiers {

    /** Longest identifier any platform is known to send, with ample room; a limit keeps keys and indexes bounded. */
    static final int MAX_LENGTH = 200;

    private Identifiers() {}

    static String require(String what, String value) {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(what + " must have 1 to " + MAX_LENGTH + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " must not contain control characters");
        }
        return value;
    }
}
