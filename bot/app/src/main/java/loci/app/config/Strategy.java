package loci.app.config;

/** What of a conversation the model is shown. */
public enum Strategy {
    /** Note, recalled older turns and the newest turns. */
    HYBRID,
    /** Note and the newest turns. */
    SUMMARY,
    /** The newest turns. */
    WINDOW,
    /** As many of the newest turns as fit. */
    TRIM,
    /** Everything, as long as it fits. */
    FULL,
    /** The live message alone. */
    NONE
}
