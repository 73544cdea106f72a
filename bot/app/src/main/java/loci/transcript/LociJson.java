package loci.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loci.chat.Author;
import loci.memory.Role;
import loci.model.ToolCall;
import org.jspecify.annotations.Nullable;

/** Reads Loci's own JSON. Strict: an unknown field is an error, so that nothing is dropped in silence. */
final class LociJson {

    static final String VERSION_FIELD = "loci-transcript";
    static final int VERSION = 1;

    private LociJson() {}

    static Transcript read(String text, String name, Problems problems) {
        JsonNode root = JsonTree.parse(text, problems);
        if (problems.any()) {
            return new Transcript(name, List.of(), List.of());
        }
        JsonFields fields = new JsonFields(root, "", problems);
        if (!fields.isVersion(VERSION_FIELD, VERSION)) {
            return new Transcript(name, List.of(), List.of()); // All other complaints would be about another format.
        }
        String given = fields.optionalText("name", Limits.NAME);
        List<Entry> entries = fields.objects("entries", true, Limits.ENTRIES, entry -> entry(entry, problems));
        List<Question> questions = fields.objects("questions", false, Limits.QUESTIONS, LociJson::question);
        fields.refuseOthers();
        return new Transcript(given == null ? name : given, entries, questions);
    }

    private static Entry entry(JsonFields fields, Problems problems) {
        Role role = role(fields, problems);
        String id = fields.text("id", Limits.NAME);
        String authorId = fields.optionalText("authorId", Limits.NAME);
        String authorName = fields.optionalText("authorName", Limits.NAME);
        boolean person = role == Role.PERSON;
        if (person && authorId == null && authorName == null) {
            problems.add(fields.path("authorId"), "a person's message needs authorId or authorName");
        }
        Author loci = Author.LOCI;
        Entry entry = new Entry(
                id,
                role,
                person ? first(authorId, authorName, "nobody") : first(authorId, loci.id()),
                person ? first(authorName, authorId, "nobody") : first(authorName, loci.name()),
                fields.text("text", Limits.TEXT),
                fields.time("at"),
                fields.flag("addressed", person),
                fields.flag("pinned", false),
                fields.objects("toolCalls", false, Limits.TOOL_CALLS, LociJson::call),
                fields.optionalText("answersCall", Limits.NAME));
        fields.refuseOthers();
        return entry;
    }

    private static String first(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        throw new IllegalArgumentException("the last one is always there");
    }

    private static Role role(JsonFields fields, Problems problems) {
        String text = fields.text("role", Limits.NAME);
        for (Role role : Role.values()) {
            if (spelling(role).equals(text)) {
                return role;
            }
        }
        String known = Stream.of(Role.values()).map(LociJson::spelling).collect(Collectors.joining(", "));
        if (!text.isEmpty()) {
            problems.add(
                    fields.path("role"),
                    "one of " + known + " was expected, and " + Problems.quoted(text) + " was found");
        }
        return Role.PERSON;
    }

    static String spelling(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static ToolCall call(JsonFields fields) {
        ToolCall call = new ToolCall(
                fields.text("id", Limits.NAME),
                fields.text("name", Limits.NAME),
                fields.text("arguments", Limits.TEXT));
        fields.refuseOthers();
        return call;
    }

    private static Question question(JsonFields fields) {
        String category = fields.optionalText("category", Limits.NAME);
        Question question = new Question(
                fields.text("id", Limits.NAME),
                fields.text("text", Limits.TEXT),
                category == null ? "" : category,
                fields.texts("evidence", Limits.EVIDENCE),
                fields.optionalText("answer", Limits.TEXT));
        fields.refuseOthers();
        return question;
    }
}
