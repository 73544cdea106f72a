package loci.slack;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import loci.slack.SlackSettings.Slashes;

/**
 * Loci's commands as they are written on Slack: two of them have a slash command of their own, and all can be written behind the third one.
 * Pure; immutable.
 */
final class CommandLines {

    private static final String HELP = "help";
    private static final String FORGET = "forget";
    private static final String SUMMARY = "summary";

    private final Slashes slashes;
    private final List<String> names;
    private final Pattern quoted;

    /** A command and what is written behind it, ids and entities made readable. */
    record Line(String name, String arguments) {}

    /** @param names of all commands, without slashes */
    CommandLines(Slashes slashes, List<String> names) {
        this.slashes = slashes;
        this.names = List.copyOf(names);
        this.quoted = Pattern.compile(
                "`/(" + names.stream().map(Pattern::quote).collect(Collectors.joining("|")) + ")(?![\\p{L}\\p{N}_-])");
    }

    /**
     * What somebody ran.
     *
     * @param command the slash command, as Slack has it
     * @param text what was written behind it, readable
     */
    Line slashed(String command, String text) {
        if (command.equalsIgnoreCase(slashes.forget())) {
            return new Line(FORGET, text.strip());
        }
        if (command.equalsIgnoreCase(slashes.summary())) {
            return new Line(SUMMARY, text.strip());
        }
        String bare = bare(command);
        if (!command.equalsIgnoreCase(slashes.loci()) && names.contains(bare)) {
            return new Line(bare, text.strip()); // Who made the app gave this one a slash command of its own, too.
        }
        return text.isBlank() ? new Line(HELP, "") : split(text);
    }

    private static Line split(String text) {
        String[] words = text.strip().split("\\s+", 2);
        return new Line(bare(words[0]), words.length == 1 ? "" : words[1].strip());
    }

    private static String bare(String word) {
        return (word.startsWith("/") ? word.substring(1) : word).toLowerCase(Locale.ROOT);
    }

    /**
     * The command that somebody wrote as a message, since Slack takes no slash commands in threads; empty where it is a sentence. With a slash
     * before it, it is meant as a command whatever follows.
     *
     * @param words what was said to the bot, readable
     * @param isWritten whether a command of this name can be written so
     */
    Optional<Line> said(String words, BiPredicate<String, String> isWritten) {
        String text = words.strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        boolean slash = text.startsWith("/");
        Line line = split(text);
        if (slash && isOurs("/" + line.name())) {
            return Optional.of(slashed("/" + line.name(), line.arguments()));
        }
        boolean command = names.contains(line.name()) && (slash || isWritten.test(line.name(), line.arguments()));
        return command ? Optional.of(line) : Optional.empty();
    }

    private boolean isOurs(String command) {
        return command.equalsIgnoreCase(slashes.forget())
                || command.equalsIgnoreCase(slashes.summary())
                || command.equalsIgnoreCase(slashes.loci());
    }

    /** A text of Loci's that names commands, each as it is written here. */
    String spoken(String markdown) {
        Matcher command = quoted.matcher(markdown);
        StringBuilder out = new StringBuilder();
        while (command.find()) {
            String name = command.group(1);
            String here = switch (name) {
                case FORGET -> slashes.forget();
                case SUMMARY -> slashes.summary();
                default -> slashes.loci() + " " + name;
            };
            command.appendReplacement(out, Matcher.quoteReplacement("`" + here));
        }
        return command.appendTail(out).toString();
    }

    /** The command behind which all others are written, with its slash. */
    String all() {
        return slashes.loci();
    }
}
