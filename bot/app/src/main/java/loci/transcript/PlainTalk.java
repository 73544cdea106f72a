package loci.transcript;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads plain talk: {@code Name: words}, with {@code [2026-05-02 14:30]} before it where the time is known; a line without a name goes on with
 * the message before. A line {@code ?? question = answer} plants a fact to be asked for at the end.
 */
final class PlainTalk {

    private static final Pattern SAID = Pattern.compile("^(?:\\[(\\d{4}-\\d{2}-\\d{2})["
            + " T](\\d{2}:\\d{2}(?::\\d{2})?)Z?\\]\\s*)?(\\p{L}[\\p{L}\\p{M}\\p{N}._'’-]{0,39}(?:"
            + " [\\p{L}\\p{M}\\p{N}._'’-]{1,39}){0,2}):(?!//)\\s?(.*)$");

    private static final Pattern PLANTED = Pattern.compile("^\\?\\?\\s*(.*\\S)\\s+=\\s+(\\S.*)$");
    private static final Instant ASSUMED = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration APART = Duration.ofMinutes(1);

    private PlainTalk() {}

    static Transcript read(String text, String name, String botName, Problems problems, List<String> remarks) {
        Lines lines = new Lines(botName, problems);
        List<Question> questions = new ArrayList<>();
        Instant before = ASSUMED.minus(APART);
        boolean assumed = false;
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            Matcher said = SAID.matcher(line);
            if (line.startsWith("??")) {
                plant(line, number, questions, problems);
            } else if (said.matches()) {
                assumed |= said.group(1) == null;
                before = said.group(1) == null ? before.plus(APART) : time(said, number, problems);
                lines.begin(number, said.group(3), said.group(4), before);
            } else if (lines.isOpen()) {
                lines.goOn(line);
            } else if (!line.isBlank()) {
                problems.add(
                        "line " + number,
                        "a line such as Name: words was expected, and " + Problems.quoted(line.strip()) + " was found");
                break; // Every further line would be the same complaint.
            }
        }
        if (assumed) {
            remarks.add("Messages without a time are taken to be a minute apart.");
        }
        return new Transcript(name, lines.finish(), questions);
    }

    private static void plant(String line, int number, List<Question> questions, Problems problems) {
        Matcher planted = PLANTED.matcher(line);
        if (!planted.matches() || questions.size() >= Limits.QUESTIONS) {
            problems.add("line " + number, "a line such as ?? What is the cat called? = Marmalade was expected");
            return;
        }
        String id = "line " + number;
        questions.add(new Question(
                id, planted.group(1), "", List.of(), planted.group(2).strip()));
    }

    private static Instant time(Matcher said, int number, Problems problems) {
        try {
            return LocalDateTime.parse(said.group(1) + "T" + said.group(2)).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException noTime) {
            problems.add("line " + number, "a time such as [2026-05-02 14:30] was expected");
            return ASSUMED;
        }
    }
}
