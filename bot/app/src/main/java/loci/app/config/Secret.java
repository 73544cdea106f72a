package loci.app.config;

/**
 * A value nobody may read over a shoulder: a token or a password. Immutable; {@link #reveal} is the only way to its text.
 *
 * <p>Not a record, so that no generated method shows or compares the text.
 */
public final class Secret {

    private final String text;

    Secret(String text) {
        this.text = text;
    }

    /** Returns the text, for handing to the one client that needs it; never log or store it. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
