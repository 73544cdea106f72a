package loci.app.config;

/** What of a conversation the model is shown, as it is called in the configuration. */
public enum StrategyName {
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
