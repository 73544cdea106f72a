package loci.slack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text in mrkdwn whose links and entities are each one character that stands for them, so that no cut goes through one.
 *
 * @param text what may be cut anywhere
 * @param tokens what the stand-ins stand for, in their order
 */
record Whole(String text, List<String> tokens) {

    private static final Pattern TOKEN = Pattern.compile("<[^<>]++>|&(?:amp|lt|gt);");

    /** The last private characters that Unicode has; nobody writes these. */
    private static final int FIRST = 0x10F000;

    private static final char FIRST_SURROGATE = Character.highSurrogate(FIRST);

    private static final int MOST = 0xFFD;

    /** More than that in one link is more than a message may be asked to hold in one piece. */
    private static final int LONGEST_TOKEN = 3_000;

    static Whole of(String mrkdwn) {
        Map<String, Integer> places = new HashMap<>();
        StringBuilder text = new StringBuilder();
        Matcher token = TOKEN.matcher(withoutStandIns(mrkdwn));
        while (token.find()) {
            String found = token.group();
            boolean known = places.containsKey(found);
            if (known || (places.size() < MOST && found.length() <= LONGEST_TOKEN)) {
                int place = places.computeIfAbsent(found, added -> places.size());
                token.appendReplacement(text, Character.toString(FIRST + place));
            }
        }
        token.appendTail(text);
        String[] tokens = new String[places.size()];
        places.forEach((found, place) -> tokens[place] = found);
        return new Whole(text.toString(), List.of(tokens));
    }

    private static String withoutStandIns(String text) {
        if (text.codePoints().noneMatch(point -> point >= FIRST)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(point -> out.appendCodePoint(point >= FIRST ? 0xFFFD : point));
        return out.toString();
    }

    /** How long a part of the text is when all is in its place again. */
    int length(String part) {
        int length = part.length();
        for (int i = 0; i < part.length(); i++) {
            // Half a stand-in, which may be measured on the way to a cut, counts as it is.
            int point = part.charAt(i) >= FIRST_SURROGATE ? part.codePointAt(i) : 0;
            if (point >= FIRST) {
                length += tokens.get(point - FIRST).length() - 2;
            }
        }
        return length;
    }

    String restored(String part) {
        StringBuilder out = new StringBuilder();
        part.codePoints().forEach(point -> {
            if (point >= FIRST) {
                out.append(tokens.get(point - FIRST));
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }
}
