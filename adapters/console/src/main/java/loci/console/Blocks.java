package loci.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Answers as blocks on a stream: the lines of the text, none of them empty, and then one empty line.
 *
 * <p>Thread-safe; a block is written and flushed whole.
 */
final class Blocks {

    private final OutputStream out;

    Blocks(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes a block.
     *
     * @throws IOException if nobody reads any more
     */
    synchronized void write(String text) throws IOException {
        out.write(block(text).getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Returns the block of a text. */
    static String block(String text) {
        StringBuilder block = new StringBuilder();
        String printable = ConsoleMarkup.plain(text);
        // A block has at least one line, or its end could not be told from the end of the one before.
        String content = printable.isBlank() ? "(nothing that can be printed)" : printable;
        content.lines()
                .dropWhile(String::isBlank)
                .forEach(line -> block.append(line.isBlank() ? " " : line).append('\n'));
        int end = block.length();
        while (block.substring(0, end).endsWith("\n \n")) {
            end -= 2;
        }
        block.setLength(end);
        return block.append('\n').toString();
    }
}
