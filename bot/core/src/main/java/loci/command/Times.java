package loci.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the moments in the past that people type: {@code 30m}, {@code 2 hours}, {@code 3d}, {@code today}, {@code yesterday},
 * {@code 10:30} (the latest one), {@code 2026-11-20}, {@code 2026-11-20 10:30}, or an ISO instant. Pure.
 */
final class Times {

    private static final Pattern AGO =
            Pattern.compile("(\\d{1,6})\\s*(m|min|mins|minutes?|h|hours?|d|days?|w|weeks?)(?:\\s+ago)?");

    private Times() {}

    /** Returns the moment meant, or empty where the text is none of the forms or the moment is not in the past. */
    static Optional<Instant> parse(String text, Instant now, ZoneId zone) {
        return read(text.strip().toLowerCase(Locale.ROOT), now, zone).filter(moment -> moment.isBefore(now));
    }

    /** Whether the text is one of the forms, and means now or a moment to come. */
    static boolean isAhead(String text, Instant now, ZoneId zone) {
        return read(text.strip().toLowerCase(Locale.ROOT), now, zone)
                .filter(moment -> !moment.isBefore(now))
                .isPresent();
    }

    private static Optional<Instant> read(String text, Instant now, ZoneId zone) {
        ZonedDateTime here = now.atZone(zone);
        if (text.equals("today")) {
            return Optional.of(here.toLocalDate().atStartOfDay(zone).toInstant());
        }
        if (text.equals("yesterday")) {
            return Optional.of(
                    here.toLocalDate().minusDays(1).atStartOfDay(zone).toInstant());
        }
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return Optional.of(now.minus(unit(ago.group(2).charAt(0)).multipliedBy(Long.parseLong(ago.group(1)))));
        }
        try {
            if (text.matches("\\d{1,2}:\\d{2}")) {
                LocalTime time = LocalTime.parse(text.length() == 4 ? "0" + text : text);
                ZonedDateTime today = here.toLocalDate().atTime(time).atZone(zone);
                return Optional.of((today.isAfter(here) ? today.minusDays(1) : today).toInstant());
            }
            if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return Optional.of(LocalDate.parse(text).atStartOfDay(zone).toInstant());
            }
            if (text.matches("\\d{4}-\\d{2}-\\d{2}[ t]\\d{2}:\\d{2}(:\\d{2})?")) {
                return Optional.of(LocalDateTime.parse(text.replace(' ', 'T').replace('t', 'T'))
                        .atZone(zone)
                        .toInstant());
            }
            return Optional.of(Instant.parse(text.toUpperCase(Locale.ROOT)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration unit(char unit) {
        return switch (unit) {
            case 'm' -> Duration.ofMinutes(1);
            case 'h' -> Duration.ofHours(1);
            case 'd' -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }
}
