package loci.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads small UTF-8 files, and says in a person's words why one cannot be read. */
final class TextFile {

    private TextFile() {}

    /** What became of reading a file. */
    sealed interface Reading {}

    /** Its text, without a byte order mark. */
    record Text(String text) implements Reading {}

    /** There is no such file. */
    record Missing() implements Reading {}

    /**
     * It is there and of no use.
     *
     * @param place to be appended to the file's name: empty, or {@code :line:column}
     */
    record Unusable(String place, String wrong, String advice) implements Reading {}

    /** Reads a file of at most so many bytes; more are not even read, so that a wrong name cannot fill the memory. */
    static Reading read(Path file, int mostBytes) {
        if (Files.isDirectory(file)) {
            return new Unusable("", "this is a directory, not a file", "Name the file.");
        }
        // A pipe that nobody writes to, or a device, would keep the start waiting for ever.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return new Unusable("", "this is a pipe or a device, not a file", "Name a file.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                return new Unusable(
                        "", "the file is larger than " + mostBytes / 1024 + " KiB", "Check that it is the right file.");
            }
            return decode(bytes);
        } catch (NoSuchFileException missing) {
            return new Missing();
        } catch (AccessDeniedException denied) {
            return new Unusable("", "the file may not be read", "Let the user who runs Loci read it.");
        } catch (IOException failed) {
            return new Unusable("", "the file cannot be read (" + failed.getMessage() + ")", "Check the file.");
        }
    }

    private static Reading decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        String read = text.flip().toString();
        if (result.isError()) {
            int lineStart = read.lastIndexOf('\n') + 1;
            long line = read.chars().filter(c -> c == '\n').count() + 1;
            return new Unusable(
                    ":" + line + ":" + (read.length() - lineStart + 1),
                    "the file is not UTF-8 text",
                    "Save it as UTF-8.");
        }
        return new Text(read.startsWith("\uFEFF") ? read.substring(1) : read);
    }
}
