package loci.sanitize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import loci.SharedData;

/** Texts nobody here wrote, from {@code shared/data}, and hostile ones made by chance. */
final class Samples {
    private Samples() {}

    static List<String> naughtyStrings() {
        return JsonText.strings(JsonText.read(content("blns/blns.json")));
    }

    static List<Map<String, Object>> lines(String file) {
        return content(file)
                .lines()
                .filter(line -> !line.isBlank())
                .map(JsonText::object)
                .toList();
    }

    static List<String> emoji() {
        List<String> forms = new ArrayList<>();
        for (String line : content("unicode/emoji-test.txt").lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                StringBuilder form = new StringBuilder();
                for (String point : line.substring(0, line.indexOf(';')).strip().split(" ", -1)) {
                    form.appendCodePoint(Integer.parseInt(point, 16));
                }
                forms.add(form.toString());
            }
        }
        return forms;
    }

    /** Up to {@code most} of the pieces, some of them cut, one after the other. */
    static String mixture(Random random, List<String> pieces, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            String piece = pieces.get(random.nextInt(pieces.size()));
            text.append(random.nextInt(5) == 0 ? piece.substring(random.nextInt(piece.length())) : piece);
        }
        return text.toString();
    }

    /** The text as a Java literal would hold it, for messages about invisible things. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars()
                .forEach(c ->
                        out.append(c >= 0x20 && c < 0x7F ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return out.toString();
    }

    private static String content(String file) {
        try {
            return Files.readString(SharedData.require(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
