package loci.slack;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Slack's mrkdwn made readable, in one pass, so that no name or label is read a second time: what stands between {@code <} and {@code >}
 * becomes what it shows, the three entities become their signs, short names of well-known emoji become the emoji, except in code. Linear.
 */
final class Reading {

    /** A literal {@code <} comes as an entity, so none stands within. */
    private static final Pattern REFERENCE = Pattern.compile("<(?:@(?<user>[A-Z0-9]{1,30})|#(?<channel>[A-Z0-9]{1,30})"
            + "|!subteam\\^(?<group>[A-Z0-9]{1,30})|!date\\^(?<date>[^<>|]*+)|!(?<special>[A-Za-z][^<>|]*+)"
            + "|(?<link>[A-Za-z][A-Za-z0-9+.-]{0,30}:[^<>|]++))(?:\\|(?<label>[^<>]*+))?>");

    private static final Pattern SCHEME = Pattern.compile("^(?:https?://|mailto:|tel:)");

    private static final String FENCE = "```";

    private static final int LONGEST_NAME = 100;

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String text;
    private final Names names;
    private final Matcher reference;
    private final Matcher emoji;
    private final StringBuilder out = new StringBuilder();
    private int lineEnd = -1;
    /** Up to here it is code. */
    private int codeEnd;
    /** Where the last emoji ended: the next one may follow at once. */
    private int emojiEnd;

    private boolean moreFences = true;

    private Reading(String text, Names names) {
        this.text = text;
        this.names = names;
        this.reference = REFERENCE.matcher(text);
        this.emoji = Emoji.NAMED.matcher(text);
    }

    static String of(String mrkdwn, Names names) {
        Reading reading = new Reading(mrkdwn, names);
        int i = 0;
        while (i < mrkdwn.length()) {
            i = reading.next(i);
        }
        return reading.out.toString();
    }

    private int next(int i) {
        return switch (text.charAt(i)) {
            case '<' -> reference(i);
            case '&' -> entity(i);
            case '`' -> backtick(i);
            case ':' -> emoji(i);
            default -> copied(i);
        };
    }

    private int copied(int i) {
        out.append(text.charAt(i));
        return i + 1;
    }

    private int entity(int i) {
        for (String[] sign : new String[][] {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}}) {
            if (text.startsWith(sign[0], i)) {
                out.append(sign[1]);
                return i + sign[0].length();
            }
        }
        return copied(i);
    }

    private int backtick(int i) {
        if (i >= codeEnd) {
            int close = text.startsWith(FENCE, i) ? fenceEnd(i + FENCE.length()) : spanEnd(i + 1);
            codeEnd = Math.max(codeEnd, close);
        }
        return copied(i);
    }

    private int fenceEnd(int from) {
        int close = moreFences ? text.indexOf(FENCE, from) : -1;
        moreFences = close >= 0;
        return close < 0 ? from : close + FENCE.length();
    }

    private int spanEnd(int from) {
        if (lineEnd < from) {
            int newline = text.indexOf('\n', from);
            lineEnd = newline < 0 ? text.length() : newline;
        }
        int close = text.indexOf('`', from, lineEnd);
        return close < 0 ? from : close + 1;
    }

    private int emoji(int i) {
        boolean begins = i == 0
                || i == emojiEnd
                || !(Character.isLetterOrDigit(text.charAt(i - 1)) || text.charAt(i - 1) == ':');
        if (i < codeEnd || !begins || !emoji.region(i, text.length()).lookingAt()) {
            return copied(i);
        }
        out.append(Emoji.shown(emoji.group("name"), emoji.group("tone")).orElse(emoji.group()));
        emojiEnd = emoji.end();
        return emojiEnd;
    }

    private int reference(int i) {
        if (!reference.region(i, text.length()).lookingAt()) {
            return copied(i);
        }
        String label = label();
        String user = reference.group("user");
        String channel = reference.group("channel");
        String group = reference.group("group");
        if (user != null) {
            out.append('@').append(named(names.user(user), label));
        } else if (channel != null) {
            out.append('#').append(named(names.channel(channel), label));
        } else if (group != null) {
            out.append('@').append(named(names.group(group), label));
        } else {
            out.append(shown(label));
        }
        return reference.end();
    }

    private String label() {
        String label = reference.group("label");
        return label == null ? "" : unescaped(label);
    }

    private String shown(String label) {
        String date = reference.group("date");
        String special = reference.group("special");
        if (date != null) {
            return label.isBlank() ? date(date) : label;
        }
        return special != null ? special(special, label) : link(unescaped(reference.group("link")), label);
    }

    private static String special(String word, String label) {
        return switch (word) {
            case "here", "channel", "everyone", "group" -> "@" + word;
            default -> label.isBlank() ? "@" + word : label;
        };
    }

    private static String link(String address, String label) {
        String bare = SCHEME.matcher(address).replaceFirst("");
        if (label.isBlank() || label.equals(address)) {
            return address.startsWith("mailto:") ? bare : address;
        }
        boolean asTyped = label.equals(bare) || (label + "/").equals(bare);
        return asTyped ? label : label + " (" + address + ")";
    }

    private static String date(String written) {
        int end = written.indexOf('^');
        try {
            return MINUTE.format(Instant.ofEpochSecond(Long.parseLong(end < 0 ? written : written.substring(0, end))));
        } catch (NumberFormatException | DateTimeException noDate) {
            return "(a date)";
        }
    }

    /** A name is what somebody chose: it must not look like more than one line. */
    private static String named(Optional<String> known, @Nullable String label) {
        return known.or(() -> Optional.ofNullable(label))
                .map(name -> name.replaceAll("[\\p{Cntrl}\u2028\u2029]+", " ").strip())
                .map(name -> name.startsWith("@") || name.startsWith("#") ? name.substring(1) : name)
                .map(name -> name.substring(0, name.offsetByCodePoints(0, Math.min(LONGEST_NAME, points(name)))))
                .filter(name -> !name.isBlank())
                .orElse("unknown");
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
