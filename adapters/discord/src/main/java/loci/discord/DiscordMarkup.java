package loci.discord;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text to and from Discord's markup. Pure.
 *
 * <p>On the way in, ids become the names that people see; on the way out, Loci's plain Markdown becomes what Discord shows the same way.
 * Source: Discord's documentation, "Message Formatting", and how its clients render.
 */
final class DiscordMarkup {

    private static final Pattern REFERENCE = Pattern.compile("<(?:@!?(?<user>[0-9]{1,20})|@&(?<role>[0-9]{1,20})"
            + "|#(?<channel>[0-9]{1,20})|a?:(?<emoji>\\w{1,64}):[0-9]{1,20}"
            + "|t:(?<time>-?[0-9]{1,13})(?::(?<style>[tTdDfFsSR]))?|/(?<command>[^:>\\n]{1,110}):[0-9]{1,20}"
            + "|id:(?<page>[a-z-]{1,30}))>");

    private static final Pattern OWN_MENTION = Pattern.compile("\\s*<@[!&]?([0-9]{1,20})>[,:]?\\s*");

    private static final DateTimeFormatter DAY = utc("yyyy-MM-dd");
    private static final DateTimeFormatter MINUTE = utc("yyyy-MM-dd HH:mm 'UTC'");
    private static final DateTimeFormatter SECOND = utc("yyyy-MM-dd HH:mm:ss 'UTC'");
    private static final DateTimeFormatter TIME = utc("HH:mm 'UTC'");
    private static final DateTimeFormatter TIME_SECOND = utc("HH:mm:ss 'UTC'");

    private DiscordMarkup() {}

    /**
     * What a person wrote, as a person would read it. A mention of the bot at the beginning only says to whom one speaks and goes; what
     * stands in code stays as it is.
     */
    static String readable(String content, Names names) {
        String text = withoutAddress(content, names);
        BitSet code = CodeRanges.of(text);
        StringBuilder out = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            boolean literal = code.get(matcher.start());
            out.append(text, from, matcher.start()).append(literal ? matcher.group() : name(matcher, names));
            from = matcher.end();
        }
        return out.append(text, from, text.length()).toString().strip();
    }

    private static String withoutAddress(String content, Names names) {
        int from = 0;
        Matcher mention = OWN_MENTION.matcher(content);
        while (mention.region(from, content.length()).lookingAt() && names.isBot(mention.group(1))) {
            from = mention.end();
        }
        return content.substring(from);
    }

    private static String name(Matcher found, Names names) {
        String user = found.group("user");
        String role = found.group("role");
        String channel = found.group("channel");
        if (user != null) {
            return "@" + named(names.user(user));
        }
        if (role != null) {
            return "@" + named(names.role(role));
        }
        if (channel != null) {
            return "#" + named(names.channel(channel));
        }
        return plainName(found);
    }

    private static String plainName(Matcher found) {
        String emoji = found.group("emoji");
        String time = found.group("time");
        String command = found.group("command");
        if (emoji != null) {
            return ":" + emoji + ":";
        }
        if (time != null) {
            return time(time, found.group("style")).orElse(found.group());
        }
        return command != null ? "/" + command : "#" + found.group("page");
    }

    /** A name is what somebody chose: it must not look like more than one line. */
    private static String named(Optional<String> name) {
        return name.map(given -> given.replaceAll("\\p{Cntrl}+", " ").strip())
                .filter(given -> !given.isEmpty())
                .orElse("unknown");
    }

    private static Optional<String> time(String unix, @Nullable String style) {
        DateTimeFormatter format = switch (style == null ? "f" : style) {
            case "t" -> TIME;
            case "T" -> TIME_SECOND;
            case "d", "D" -> DAY;
            case "S" -> SECOND;
            default -> MINUTE;
        };
        try {
            return Optional.of(format.format(Instant.ofEpochSecond(Long.parseLong(unix))));
        } catch (DateTimeException beyondAllYears) {
            return Optional.empty();
        }
    }

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** Loci's plain Markdown, as Discord is to be told it. Total and linear; a fence left open is closed. */
    static String rendered(String text) {
        return Rendering.of(text);
    }
}
