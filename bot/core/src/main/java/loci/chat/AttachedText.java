package loci.chat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a text file that is attached to a message, or their beginning: which files are taken for texts, and how much of them is read,
 * is the same on all platforms. Pure.
 *
 * @param cut whether the file has more words than these
 */
public record AttachedText(String words, boolean cut) {

    /** The most text files of one message that are read. */
    public static final int MOST_FILES = 4;

    /** What of one file is read; a prompt of the usual budget holds hardly more. */
    static final int MOST_BYTES = 48 * 1024;

    private static final int LONGEST_CHARACTER = 4;

    /** What says nothing of itself in its media type, by how its name ends. */
    private static final Set<String> ENDINGS = Set.of("""
        txt md markdown log csv tsv json jsonl xml yaml yml toml ini cfg conf properties html css js ts jsx tsx java kt py rb go rs
        c h cpp hpp cs php sh bat ps1 sql diff patch tex srt vtt gradle lua swift scala
        """.strip().split("\\s+"));

    /**
     * Returns whether a file is taken for a text.
     *
     * @param mediaType as the platform tells it, with or without parameters; may be empty
     * @param name the file's name; may be empty
     */
    public static boolean isOne(String mediaType, String name) {
        String type = mediaType.toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return type.startsWith("text/") || type.startsWith("application/json") || ENDINGS.contains(ending);
    }

    /**
     * Reads the beginning of a file, and no more of it than is of use; empty where it is no UTF-8 text after all.
     *
     * @throws IOException where it cannot be read
     */
    public static Optional<AttachedText> read(InputStream file) throws IOException {
        byte[] bytes = file.readNBytes(MOST_BYTES + 1);
        boolean cut = bytes.length > MOST_BYTES;
        int length = Math.min(bytes.length, MOST_BYTES);
        // Where it was cut, the last character may be cut too.
        for (int end = length; end > length - (cut ? LONGEST_CHARACTER : 1); end--) {
            Optional<String> text = decoded(ByteBuffer.wrap(bytes, 0, Math.max(0, end)));
            if (text.isPresent()) {
                return text.filter(words -> words.indexOf('\0') < 0).map(words -> new AttachedText(bare(words), cut));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> decoded(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }

    /** A byte order mark is no word. */
    private static String bare(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Returns how it stands in its message's text, under the name of its file. */
    public String shown(String name) {
        return Attachments.text(name, words, cut);
    }
}
