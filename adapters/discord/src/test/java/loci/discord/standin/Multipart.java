package loci.discord.standin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of a multipart body. */
final class Multipart {
    /** One part, each character of it a byte; a file where it bears a file's name. */
    record Part(
            String name, @Nullable String file, @Nullable String type, String text) {
        byte[] bytes() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");

    private Multipart() {}

    static List<Part> parts(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw new ApiError(400, 50035, "Invalid Form Body");
        }
        // one character is one byte, so that positions in the text are positions in the body
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String mark = "--" + boundary.group(1);
        List<Part> parts = new ArrayList<>();
        int at = text.indexOf(mark);
        while (at >= 0) {
            int next = text.indexOf("\r\n" + mark, at + mark.length());
            if (next < 0) {
                break;
            }
            parts.add(part(text.substring(at + mark.length() + 2, next)));
            at = next + 2;
        }
        return parts;
    }

    private static Part part(String text) {
        int split = text.indexOf("\r\n\r\n");
        String head = utf8(text.substring(0, split));
        String name = found(NAME, head);
        return new Part(name == null ? "" : name, found(FILE, head), type(head), text.substring(split + 4));
    }

    private static @Nullable String type(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
                .map(line -> line.substring("content-type:".length()).strip())
                .findFirst()
                .orElse(null);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static @Nullable String found(Pattern pattern, String head) {
        Matcher matcher = pattern.matcher(head);
        return matcher.find() ? matcher.group(1) : null;
    }
}
