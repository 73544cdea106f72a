package loci.database;

import java.util.ArrayList;
import java.util.List;
import loci.chat.Author;
import loci.model.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * What is sealed of a turn, and its form before sealing: author id, author name, text, the call it answers (none or one) and tool
 * calls, each of three parts.
 */
final class TurnCodec {

    private static final char VERSION = '1';

    /** The part of a turn that only its key can open. */
    record Words(
            Author author,
            String text,
            List<ToolCall> toolCalls,
            @Nullable String answersCall) {

        static Words of(Author author, String text) {
            return new Words(author, text, List.of(), null);
        }
    }

    private TurnCodec() {}

    static String encode(Words words) {
        TextFields.Writer fields = new TextFields.Writer(VERSION);
        fields.add(words.author().id()).add(words.author().name()).add(words.text());
        String answersCall = words.answersCall();
        fields.add(answersCall == null ? "" : "+" + answersCall);
        for (ToolCall call : words.toolCalls()) {
            fields.add(call.id()).add(call.name()).add(call.arguments());
        }
        return fields.joined();
    }

    static Words decode(String encoded) {
        TextFields.Reader fields = new TextFields.Reader(VERSION, encoded);
        Author author = new Author(fields.next(), fields.next());
        String text = fields.next();
        String answersCall = fields.next();
        List<ToolCall> calls = new ArrayList<>();
        while (fields.hasNext()) {
            calls.add(new ToolCall(fields.next(), fields.next(), fields.next()));
        }
        return new Words(author, text, calls, answersCall.isEmpty() ? null : answersCall.substring(1));
    }
}
