package loci.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loci.model.Prompt;
import loci.model.PromptMessage;
import loci.model.PromptMessage.Role;

/**
 * A prompt as the offline model reads it.
 *
 * @param instructions the first system message
 * @param statements what people said, from the note and from the messages before the last, in order
 * @param author who said the last message
 * @param live the last message
 */
record Reading(String instructions, List<Statement> statements, String author, String live) {

    /** A turn's header: the mark, a name, a date. */
    private static final Pattern HEADER = Pattern.compile("^\\[[a-z0-9]+ (.+) \\d{4}-\\d{2}-\\d{2}\\] ?");

    /** A line of a digest as the offline model writes it. */
    private static final Pattern DIGEST_LINE = Pattern.compile("^- ([^:]{1,60}): (.+)$");

    /** How the bot's own turns are headed in a record. */
    private static final String BOT = "bot";

    static Reading of(Prompt prompt) {
        List<PromptMessage> messages = prompt.messages();
        List<Statement> statements = new ArrayList<>();
        for (PromptMessage message : messages.subList(0, messages.size() - 1)) {
            if (message.role() == Role.SYSTEM || message.role() == Role.USER) {
                readLines(message.content(), statements);
            }
        }
        PromptMessage last = messages.getLast();
        if (prompt.purpose() != Prompt.Purpose.REPLY) {
            readLines(last.content(), statements);
        }
        Matcher header = HEADER.matcher(last.content());
        boolean headed = header.find();
        return new Reading(
                messages.getFirst().content(),
                List.copyOf(statements),
                headed ? header.group(1) : "someone",
                headed ? last.content().substring(header.end()) : last.content());
    }

    /** Reads what stands under a header or on a digest's line; persona, guide and fences are neither. */
    private static void readLines(String content, List<Statement> into) {
        String author = null;
        for (String line : (Iterable<String>) content.lines()::iterator) {
            Matcher header = HEADER.matcher(line);
            Matcher digest = DIGEST_LINE.matcher(line);
            String text = line;
            if (header.find()) {
                author = header.group(1);
                text = line.substring(header.end());
            } else if (line.startsWith("[")) {
                author = null;
            } else if (digest.matches()) {
                into.add(Statement.of(digest.group(1), digest.group(2)));
                continue;
            }
            if (author != null && !author.equals(BOT)) {
                for (String sentence : Words.sentences(text)) {
                    into.add(Statement.of(author, sentence));
                }
            }
        }
    }
}
