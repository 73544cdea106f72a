package loci.app.config;

/** How much is said on standard error. */
public enum LogLevel {
    WARN,
    INFO,
    DEBUG
}
