package loci.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loci.transcript.Reading.Read;
import loci.transcript.Reading.Unreadable;
import org.jspecify.annotations.Nullable;

/** Reads transcripts, and says in a person's words why one cannot be read; never throws for what a file holds. */
public final class TranscriptReader {

    private static final char REPLACED = '\uFFFD';

    private TranscriptReader() {}

    /**
     * Reads a file.
     *
     * @param shown the file's name as it is shown
     * @param format its form, or empty to look
     * @param botName by this name, besides {@code bot} and {@code assistant}, a log calls the bot
     */
    public static Reading read(Path file, String shown, Optional<Format> format, String botName) {
        if (Files.isDirectory(file)) {
            return unreadable(shown, "this is a directory; name a transcript file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Limits.BYTES + 1);
            return read(bytes, shown, format, botName);
        } catch (NoSuchFileException missing) {
            return unreadable(shown, "there is no such file");
        } catch (AccessDeniedException denied) {
            return unreadable(shown, "the file may not be read");
        } catch (IOException failed) {
            return unreadable(shown, "the file cannot be read (" + failed.getMessage() + ")");
        }
    }

    /** Reads what a file holds; as {@link #read(Path, String, Optional, String)}. */
    public static Reading read(byte[] bytes, String shown, Optional<Format> wanted, String botName) {
        if (bytes.length > Limits.BYTES) {
            return unreadable(shown, "the file is larger than " + Limits.MEGABYTES + " MB, the most that is read");
        }
        String unusable = otherEncoding(bytes);
        if (unusable != null) {
            return unreadable(shown, unusable);
        }
        String decoded = new String(bytes, StandardCharsets.UTF_8);
        String text = decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
        if (text.isBlank()) {
            return unreadable(shown, "the file is empty");
        }
        Format format = wanted.orElseGet(() -> Format.detect(text));
        Problems problems = new Problems(shown);
        List<String> remarks = new ArrayList<>();
        String name = nameOf(shown);
        if (!isUtf8(bytes)) {
            if (format == Format.LOCI || format == Format.LOCOMO) {
                long line = text.substring(0, Math.max(0, text.indexOf(REPLACED)))
                        .lines()
                        .count();
                return unreadable(shown, "line " + Math.max(1, line) + ": this is not UTF-8; save the file as UTF-8");
            }
            remarks.add("The file is not UTF-8 throughout; what could not be read is shown as " + REPLACED + ".");
        }
        Transcript transcript = switch (format) {
            case LOCI -> LociJson.read(text, name, problems);
            case LOCOMO -> LocomoJson.read(text, name, problems, remarks);
            case IRC -> IrcLog.read(text, name, botName, problems, remarks);
            case PLAIN -> PlainTalk.read(text, name, botName, problems, remarks);
        };
        if (!problems.any()) {
            Checks.check(transcript, problems);
        }
        return problems.any() ? new Unreadable(problems.told()) : new Read(transcript, format, remarks);
    }

    /** UTF-16 is what some systems save as text; a NUL in anything else is no text at all. */
    private static @Nullable String otherEncoding(byte[] bytes) {
        boolean utf16 = bytes.length >= 2
                && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
                        || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE));
        if (utf16) {
            return "the file is UTF-16; save it as UTF-8";
        }
        for (byte one : bytes) {
            if (one == 0) {
                return "the file is not text; a transcript is JSON or plain text in UTF-8";
            }
        }
        return null;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            var _ = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }

    /** The file's own name without its ending, for forms that hold none. */
    private static String nameOf(String shown) {
        String last = shown.substring(shown.lastIndexOf('/') + 1).replaceAll("\\p{Cc}", "?");
        int dot = last.indexOf('.');
        String name = dot > 0 ? last.substring(0, dot) : last;
        return name.isBlank() ? "transcript" : name.substring(0, Math.min(Limits.NAME, name.length()));
    }

    private static Unreadable unreadable(String shown, String wrong) {
        return new Unreadable(List.of(shown + ": " + wrong));
    }
}
