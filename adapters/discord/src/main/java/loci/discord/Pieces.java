package loci.discord;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.dv8tion.jda.api.entities.Message;

/** Files that are larger than what Discord takes, in pieces that put together are the file again. Pure. */
final class Pieces {

    /** What Discord takes everywhere; servers and people that pay may send more. */
    static final int LARGEST = Message.MAX_FILE_SIZE;

    private Pieces() {}

    /** A file, or a piece of one. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    record Piece(String name, byte[] bytes) {}

    /** Returns the file itself where it is small enough; pieces are cut between characters, so that each can be read. */
    static List<Piece> of(String name, String text) {
        return of(name, text, LARGEST);
    }

    static List<Piece> of(String name, String text, int largest) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= largest) {
            return List.of(new Piece(name, bytes));
        }
        List<byte[]> cut = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + largest);
            while (to < bytes.length && (bytes[to] & 0xC0) == 0x80) {
                to--;
            }
            cut.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        int digits = Integer.toString(cut.size()).length();
        List<Piece> pieces = new ArrayList<>();
        for (byte[] piece : cut) {
            String number = "0".repeat(digits) + (pieces.size() + 1);
            pieces.add(new Piece(name + ".part" + number.substring(number.length() - digits), piece));
        }
        return List.copyOf(pieces);
    }

    /** What whoever is sent these has to do with them. */
    static String howToJoin(List<Piece> pieces) {
        String first = pieces.getFirst().name();
        String whole = first.substring(0, first.lastIndexOf(".part"));
        return "-# The file is larger than Discord takes, so it comes in " + pieces.size()
                + " pieces. Put together in their order they are the file: `cat " + whole + ".part* > " + whole + "`";
    }
}
