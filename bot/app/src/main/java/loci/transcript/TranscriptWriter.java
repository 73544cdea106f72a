package loci.transcript;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import loci.memory.Role;
import loci.model.ToolCall;

/** Writes Loci's own JSON, an entry a line; what has its usual value is left out. */
public final class TranscriptWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private TranscriptWriter() {}

    /** Returns a transcript as text, ending with a line break. */
    public static String text(Transcript transcript) {
        StringWriter text = new StringWriter();
        try {
            write(transcript, text);
        } catch (IOException impossible) {
            throw new UncheckedIOException("nothing is written but memory", impossible);
        }
        return text.toString();
    }

    /** Writes a transcript, ending with a line break; does not close the writer. */
    public static void write(Transcript transcript, Writer out) throws IOException {
        out.write("{\n  \"" + LociJson.VERSION_FIELD + "\": " + LociJson.VERSION + ",\n  \"name\": ");
        out.write(line(json -> json.writeString(transcript.name())));
        list("entries", transcript.entries(), TranscriptWriter::entry, out);
        if (!transcript.questions().isEmpty()) {
            list("questions", transcript.questions(), TranscriptWriter::question, out);
        }
        out.write("\n}\n");
    }

    /** One item a line, so that tools for lines, such as diff, are of use. */
    private static <T> void list(String name, List<T> items, ItemForm<T> form, Writer out) throws IOException {
        out.write(",\n  \"" + name + "\": [");
        String separator = "\n    ";
        for (T item : items) {
            out.write(separator);
            out.write(line(json -> form.write(item, json)));
            separator = ",\n    ";
        }
        out.write(items.isEmpty() ? "]" : "\n  ]");
    }

    private interface ItemForm<T> {
        void write(T item, JsonGenerator json) throws IOException;
    }

    private interface LineForm {
        void write(JsonGenerator json) throws IOException;
    }

    private static String line(LineForm form) throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            form.write(json);
        }
        return line.toString();
    }

    private static void entry(Entry entry, JsonGenerator json) throws IOException {
        boolean person = entry.role() == Role.PERSON;
        json.writeStartObject();
        json.writeStringField("id", entry.id());
        json.writeStringField("role", LociJson.spelling(entry.role()));
        json.writeStringField("authorId", entry.authorId());
        if (!entry.authorName().equals(entry.authorId())) {
            json.writeStringField("authorName", entry.authorName());
        }
        json.writeStringField("at", entry.at().toString());
        json.writeStringField("text", entry.text());
        if (entry.addressed() != person) {
            json.writeBooleanField("addressed", entry.addressed());
        }
        if (entry.pinned()) {
            json.writeBooleanField("pinned", true);
        }
        if (!entry.toolCalls().isEmpty()) {
            json.writeArrayFieldStart("toolCalls");
            for (ToolCall call : entry.toolCalls()) {
                json.writeStartObject();
                json.writeStringField("id", call.id());
                json.writeStringField("name", call.name());
                json.writeStringField("arguments", call.arguments());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        String answersCall = entry.answersCall();
        if (answersCall != null) {
            json.writeStringField("answersCall", answersCall);
        }
        json.writeEndObject();
    }

    private static void question(Question question, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", question.id());
        json.writeStringField("text", question.text());
        if (!question.category().isEmpty()) {
            json.writeStringField("category", question.category());
        }
        if (!question.evidence().isEmpty()) {
            json.writeArrayFieldStart("evidence");
            for (String id : question.evidence()) {
                json.writeString(id);
            }
            json.writeEndArray();
        }
        String answer = question.answer();
        if (answer != null) {
            json.writeStringField("answer", answer);
        }
        json.writeEndObject();
    }
}
