package loci.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads mrkdwn as Slack's documentation says it does, written apart from what renders it: whatever stands between {@code <} and the next
 * {@code >} is special, in code too, and then the three entities are decoded once.
 */
record SlackReader(List<String> specials, String seen) {

    private static final Pattern SPECIAL = Pattern.compile("<([^<>]*)>", Pattern.DOTALL);

    /** What would link where names are linked: {@code link_names} or {@code parse=full}. */
    private static final Pattern NAMED = Pattern.compile("(?i)@(?:here|channel|everyone|group)(?![\\p{L}\\p{N}])");

    static SlackReader of(String mrkdwn) {
        List<String> specials = new ArrayList<>();
        StringBuilder seen = new StringBuilder();
        Matcher special = SPECIAL.matcher(mrkdwn);
        while (special.find()) {
            String inside = special.group(1);
            specials.add(decoded(inside));
            special.appendReplacement(seen, Matcher.quoteReplacement(inside.substring(inside.indexOf('|') + 1)));
        }
        special.appendTail(seen);
        return new SlackReader(List.copyOf(specials), decoded(seen.toString()));
    }

    private static String decoded(String text) {
        Matcher entity = Pattern.compile("&(?:amp|lt|gt);").matcher(text);
        return entity.replaceAll(found -> switch (found.group()) {
            case "&lt;" -> "<";
            case "&gt;" -> ">";
            default -> "&";
        });
    }

    /** Everything that would call somebody, link a place, or be no link to the web. */
    List<String> alarms() {
        List<String> alarms = new ArrayList<>(specials.stream()
                .filter(special -> !special.matches("(?is)(?:https?://[^\\s|]+|mailto:[^\\s|]+)(?:\\|[^|]*)?"))
                .toList());
        NAMED.matcher(seen).results().forEach(found -> alarms.add(found.group()));
        return alarms;
    }
}
