package loci.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a LoCoMo dialogue: {@code turns} with {@code id, speaker, text, at}, and {@code questions} with {@code q, cat, ev}. Fields that
 * mean nothing here are passed over, since the format is not ours.
 */
final class LocomoJson {

    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private LocomoJson() {}

    static Transcript read(String text, String name, Problems problems, List<String> remarks) {
        JsonNode root = JsonTree.parse(text, problems);
        if (problems.any()) {
            return new Transcript(name, List.of(), List.of());
        }
        JsonFields fields = new JsonFields(root, "", problems);
        String id = fields.optionalText("id", Limits.NAME);
        List<Entry> entries = fields.objects("turns", true, Limits.ENTRIES, turn -> entry(turn, problems));
        Set<String> known = new HashSet<>();
        entries.forEach(entry -> known.add(entry.id()));
        List<Question> all =
                fields.objects("questions", false, Limits.QUESTIONS, question -> question(question, known));
        List<Question> answerable =
                all.stream().filter(q -> !q.evidence().isEmpty()).toList();
        if (answerable.size() < all.size()) {
            remarks.add(all.size() - answerable.size() + " questions name no turn of the dialogue and are left out.");
        }
        return new Transcript(id == null ? name : id, entries, answerable);
    }

    private static Entry entry(JsonFields fields, Problems problems) {
        String at = fields.text("at", Limits.NAME);
        Instant time = Instant.EPOCH;
        try {
            time = at.isEmpty() ? time : LocalDateTime.parse(at, AT).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException unreadable) {
            problems.add(
                    fields.path("at"),
                    "a time such as 2023-05-08 13:56 was expected, and " + Problems.quoted(at) + " was found");
        }
        return Entry.ofPerson(
                fields.text("id", Limits.NAME),
                fields.text("speaker", Limits.NAME),
                fields.text("text", Limits.TEXT),
                time);
    }

    private static Question question(JsonFields fields, Set<String> known) {
        String text = fields.text("q", Limits.TEXT);
        String id = fields.optionalText("qid", Limits.NAME);
        String category = fields.optionalText("cat", Limits.NAME);
        List<String> evidence = fields.texts("ev", Limits.EVIDENCE).stream()
                .filter(known::contains)
                .distinct()
                .toList();
        String named = id == null ? fields.path("").replaceAll("\\.$", "") : id;
        return new Question(named, text, category == null ? "" : category, evidence, null);
    }
}
