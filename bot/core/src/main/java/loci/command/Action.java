package loci.command;

import java.util.Locale;

/** What commands do, as far as it matters who may do it. */
public enum Action {
    /** Reading what is remembered here. */
    READ,
    /** Having one's own messages forgotten, and one's own words exported. */
    OWN,
    /** Having others' messages forgotten. */
    FORGET,
    /** Adding to what is always kept in mind, and taking from it. */
    REMEMBER,
    /** Changing what holds for the channel. */
    SETTINGS,
    /** Exporting what others said. */
    EXPORT;

    /** The name by which the configuration and {@code /settings} know it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
