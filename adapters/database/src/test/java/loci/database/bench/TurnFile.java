package loci.database.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/**
 * An H2 file with one table of turns, for benchmarks; without AES unless asked for.
 *
 * @param folder where the file lies
 * @param name the file's name, without H2's ending
 * @param aes whether the file is enciphered by H2
 */
public record TurnFile(Path folder, String name, boolean aes) {

    /** The turns of a file are dealt to this many conversations in turn. */
    public static final int CONVERSATIONS = 100;

    /** In every text of the conversation that {@link #fill} deletes again. */
    public static final String ERASED = "SECRETWORD";

    static final String INSERT = "insert into turn values (?, ?, 'user', 'author', 'message', ?, ?)";
    private static final int ERASED_CONVERSATION = 7;

    /** Opens the file, making it if need be; commits are explicit. */
    public Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url());
        connection.setAutoCommit(false);
        return connection;
    }

    String url() {
        String base = "jdbc:h2:file:" + folder.resolve(name).toAbsolutePath() + ";WRITE_DELAY=0;USER=sa";
        return aes ? base + ";CIPHER=AES;PASSWORD=file user" : base + ";PASSWORD=user";
    }

    Path path() {
        return folder.resolve(name + ".mv.db");
    }

    /** Makes the table; {@code textType} is varchar or varbinary. */
    public static void createTable(Connection connection, String textType) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table turn(conversation_id bigint, seq bigint, role varchar(16),"
                    + " author_id varchar(64), message_ref varchar(64), at bigint, text " + textType
                    + ", primary key (conversation_id, seq))");
        }
        connection.commit();
    }

    /** Fills a fresh file, and deletes one conversation in a hundred again. */
    void fill(Connection connection, int turns) throws SQLException {
        createTable(connection, "varchar");
        Random random = new Random(turns);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int n = 0; n < turns; n++) {
                int conversation = n % CONVERSATIONS;
                add(insert, conversation, n, text(random, conversation == ERASED_CONVERSATION ? ERASED : ""));
                // A commit each for the last thousand, as in life; the rest in groups, to fill in reasonable time.
                if (n % 100 == 99 || n > turns - 1_000) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from turn where conversation_id = " + ERASED_CONVERSATION);
        }
        connection.commit();
    }

    static void add(PreparedStatement insert, long conversation, long seq, Object text) throws SQLException {
        insert.setLong(1, conversation);
        insert.setLong(2, seq);
        insert.setLong(3, seq);
        insert.setObject(4, text);
        insert.addBatch();
    }

    /** About 300 characters that hardly compress, beginning with a word. */
    public static String text(Random random, String word) {
        StringBuilder text = new StringBuilder(word);
        while (text.length() < 300) {
            text.append(' ').append(Integer.toString(random.nextInt(1 << 20), 36));
        }
        return text.toString();
    }

    /** Megabytes of all files whose names begin so. */
    static long megabytes(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(prefix))
                            .mapToLong(f -> f.toFile().length())
                            .sum()
                    >> 20;
        }
    }

    /** How often a word stands in the files of a folder and its sub-folders. */
    public static long copies(Path folder, String word) throws IOException {
        long copies = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copies += copiesInFile(file, word.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return copies;
    }

    private static long copiesInFile(Path file, byte[] word) throws IOException {
        long copies = 0;
        try (var in = Files.newInputStream(file)) {
            byte[] block = new byte[1 << 20];
            int kept = 0;
            for (int read = in.read(block, kept, block.length - kept);
                    read > 0;
                    read = in.read(block, kept, block.length - kept)) {
                int end = kept + read;
                for (int at = 0; at + word.length <= end; at++) {
                    if (block[at] == word[0] && Arrays.equals(block, at, at + word.length, word, 0, word.length)) {
                        copies++;
                    }
                }
                kept = Math.min(word.length - 1, end);
                System.arraycopy(block, end - kept, block, 0, kept);
            }
        }
        return copies;
    }

    /** The median, the 99th percentile and the largest, in milliseconds. */
    public static String quantiles(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return "n=%d p50=%.3f p99=%.3f max=%.1f ms"
                .formatted(
                        sorted.length,
                        sorted[sorted.length / 2] / 1e6,
                        sorted[sorted.length * 99 / 100] / 1e6,
                        sorted[sorted.length - 1] / 1e6);
    }
}
