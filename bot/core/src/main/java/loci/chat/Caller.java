package loci.chat;

import java.time.ZoneId;
import java.util.Locale;

/**
 * Who invoked something, and how that person is to be spoken to.
 *
 * @param standing what the person is to the place, as the platform says at this moment
 * @param locale the person's language; {@link Locale#ROOT} where the platform does not tell
 * @param zone the time zone in which the person means times; the bot's own where the platform does not tell
 */
public record Caller(Author author, Standing standing, Locale locale, ZoneId zone) {}
