package loci.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells a command that somebody typed from a sentence that begins with the same word: only what is exactly one of its forms is the command,
 * and no form in which anything at all may be written. Pure.
 *
 * @param now the moment at which it was typed
 * @param zone the time zone in which times are meant
 */
record Written(Command command, Instant now, ZoneId zone) {

    private static final String MONTH = "\\d{4}-\\d{2}";

    boolean is(String arguments) {
        if (arguments.isBlank()) {
            return true;
        }
        List<String> words =
                Arrays.asList(arguments.strip().toLowerCase(Locale.ROOT).split("\\s+", -1));
        return command.forms().stream().anyMatch(form -> fits(form, words));
    }

    private boolean fits(Form form, List<String> words) {
        int fixed = form.words().size();
        if (words.size() < fixed || !words.subList(0, fixed).equals(form.words())) {
            return false;
        }
        List<String> rest = words.subList(fixed, words.size());
        Map<String, String> filled = new HashMap<>();
        for (Blank blank : form.blanks()) {
            if (rest.isEmpty()) {
                return !blank.required();
            }
            boolean isLast = blank.equals(form.blanks().getLast());
            String written = isLast ? String.join(" ", rest) : rest.getFirst();
            if (!fits(blank, written, filled)) {
                return false;
            }
            filled.put(blank.name(), written);
            rest = isLast ? List.of() : rest.subList(1, rest.size());
        }
        return rest.isEmpty();
    }

    private boolean fits(Blank blank, String written, Map<String, String> filled) {
        return switch (blank.kind()) {
            case NUMBER -> written.matches("[0-9]{1,7}");
            case CHOICE -> command.choices(blank.name(), filled).stream().anyMatch(written::equalsIgnoreCase);
            case TEXT ->
                switch (blank.name()) {
                    case "time" -> isTime(written);
                    case "month" -> written.matches(MONTH);
                    default -> false;
                };
        };
    }

    private boolean isTime(String written) {
        return Times.parse(written, now, zone).isPresent()
                || (command.name().equals(Summary.NAME) && Summary.OWN_LAST.contains(written));
    }
}
