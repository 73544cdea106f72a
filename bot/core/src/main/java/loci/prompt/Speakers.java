package loci.prompt;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import loci.chat.Author;
import loci.memory.Turn;
import loci.sanitize.PromptSanitizer;

/**
 * The names by which a prompt tells its speakers apart: display names made safe, and made different where two people share one.
 *
 * <p>Identity is the author's id. The newest name of an id counts, and of two ids with one name both get a short tag made from the id,
 * so that nobody can speak as another by taking that person's name.
 */
final class Speakers {

    private final Map<String, String> labels;

    private Speakers(Map<String, String> labels) {
        this.labels = labels;
    }

    static Speakers of(List<Turn> turns) {
        Map<String, String> names = new LinkedHashMap<>();
        for (Turn turn : turns) {
            if (turn.opensExchange()) {
                names.put(
                        turn.author().id(),
                        PromptSanitizer.authorName(turn.author().name()));
            }
        }
        Map<String, Integer> bearers = new HashMap<>();
        names.values().forEach(name -> bearers.merge(fold(name), 1, Integer::sum));
        names.replaceAll((id, name) -> bearers.getOrDefault(fold(name), 0) > 1 ? name + "#" + tag(id) : name);
        return new Speakers(names);
    }

    String labelOf(Author author) {
        String label = labels.get(author.id());
        return label == null ? PromptSanitizer.authorName(author.name()) : label;
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String tag(String id) {
        CRC32 crc = new CRC32();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%04x", crc.getValue() & 0xffff);
    }
}
