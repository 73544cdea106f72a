package loci.database.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Measures the two ways of erasing by rewriting the database's file: {@code SHUTDOWN COMPACT} and reopening ({@code compact},
 * and {@code kill} for what a kill in the middle of it does), and copying the live rows into a new file while the old one
 * serves ({@code copy}). The third way, destroying keys, is measured by {@code loci.database.KeyBenchmark}. Not run by the
 * tests.
 *
 * <p>Arguments: {@code compact|copy|kill <new folder> <turns> <plain|aes> <rounds>}.
 */
public final class ErasureBenchmark {

    private static final int CHUNK = 2_000;

    private final TurnFile file;
    private final int turns;

    private ErasureBenchmark(TurnFile file, int turns) {
        this.file = file;
        this.turns = turns;
    }

    public static void main(String[] args) throws SQLException, IOException, InterruptedException {
        Path folder = Path.of(args[1]);
        int turns = Integer.parseInt(args[2]);
        boolean aes = args[3].equals("aes");
        int rounds = Integer.parseInt(args[4]);
        if (args[0].equals("child")) {
            insertAndCompact(new TurnFile(folder, "turns", aes), turns);
            return;
        }
        for (int round = 0; round < rounds; round++) {
            Path one = Files.createDirectories(folder.resolve(args[0] + round));
            ErasureBenchmark benchmark = new ErasureBenchmark(new TurnFile(one, "turns", aes), turns);
            switch (args[0]) {
                case "compact" -> benchmark.compact();
                case "copy" -> benchmark.copy();
                case "kill" -> benchmark.kill(20);
                default -> throw new IllegalArgumentException(args[0]);
            }
            delete(one);
        }
    }

    /** The pause runs from the decision to compact to the first insert committed afterwards. */
    private void compact() throws SQLException, IOException, InterruptedException {
        Connection before = file.connect();
        file.fill(before, turns);
        long copies = TurnFile.copies(file.folder(), TurnFile.ERASED);
        long megabytes = TurnFile.megabytes(file.folder(), "turns");
        TurnWriter writer = new TurnWriter(before, turns, (n, text) -> text);
        String idle = writer.run(2_000);
        AtomicBoolean stop = new AtomicBoolean();
        Thread running = Thread.ofPlatform().start(() -> writer.runUntil(stop));
        running.join(Duration.ofMillis(500));
        long start = System.nanoTime();
        writer.world.lock();
        try {
            try (Statement statement = before.createStatement()) {
                statement.execute("SHUTDOWN COMPACT");
            }
            writer.moveTo(file.connect());
            writer.insert();
        } finally {
            writer.world.unlock();
        }
        long pause = System.nanoTime() - start;
        long left = TurnFile.copies(file.folder(), TurnFile.ERASED);
        long after = TurnFile.megabytes(file.folder(), "turns");
        stop.set(true);
        running.join();
        shutDown(file.connect());
        System.out.printf(
                "compact turns=%d aes=%b pause=%.0f ms, %d->%d MB, erased copies %d->%d, insert before [%s] during"
                        + " [%s]%n",
                turns, file.aes(), pause / 1e6, megabytes, after, copies, left, idle, writer.quantiles());
    }

    /** The pause is the last, short part, in which the writer waits: the newest rows, a sync, and the swap. */
    private void copy() throws SQLException, IOException, InterruptedException {
        Connection writing = file.connect();
        file.fill(writing, turns);
        TurnFile newFile = new TurnFile(file.folder(), "newer", file.aes());
        TurnWriter writer = new TurnWriter(writing, turns, (n, text) -> text);
        AtomicBoolean stop = new AtomicBoolean();
        Thread running = Thread.ofPlatform().start(() -> writer.runUntil(stop));
        running.join(Duration.ofMillis(500));
        long start = System.nanoTime();
        Connection old = file.connect();
        Connection copied = newFile.connect();
        TurnFile.createTable(copied, "varchar");
        for (int c = 0; c < TurnFile.CONVERSATIONS; c++) {
            copyRows(old, copied, c, -1);
        }
        for (int c = 0; c < TurnFile.CONVERSATIONS; c++) {
            copyRows(old, copied, c, last(copied, c));
        }
        long swap = System.nanoTime();
        writer.world.lock();
        try {
            for (int c = 0; c < TurnFile.CONVERSATIONS; c++) {
                copyRows(old, copied, c, last(copied, c));
            }
            try (Statement statement = copied.createStatement()) {
                statement.execute("CHECKPOINT SYNC");
            }
            writer.moveTo(copied);
            writer.insert();
        } finally {
            writer.world.unlock();
        }
        long end = System.nanoTime();
        long oldSize = TurnFile.megabytes(file.folder(), "turns");
        long peak = TurnFile.megabytes(file.folder(), "");
        stop.set(true);
        running.join();
        shutDown(old);
        Files.delete(file.path());
        long left = TurnFile.copies(file.folder(), TurnFile.ERASED);
        shutDown(copied);
        System.out.printf(
                "copy turns=%d aes=%b total=%.0f ms, swap=%.1f ms, old %d MB, peak %d MB, erased copies %d, insert"
                        + " during [%s]%n",
                turns, file.aes(), (end - start) / 1e6, (end - swap) / 1e6, oldSize, peak, left, writer.quantiles());
    }

    private static void copyRows(Connection from, Connection to, int conversation, long above) throws SQLException {
        long after = above;
        int found = CHUNK;
        try (PreparedStatement select = from.prepareStatement("select seq, text from turn where conversation_id = ?"
                        + " and seq > ? order by seq fetch first " + CHUNK + " rows only");
                PreparedStatement insert = to.prepareStatement(TurnFile.INSERT)) {
            while (found == CHUNK) {
                found = 0;
                select.setLong(1, conversation);
                select.setLong(2, after);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        after = row.getLong(1);
                        TurnFile.add(insert, conversation, after, row.getString(2));
                        found++;
                    }
                }
                from.commit();
                if (found > 0) {
                    insert.executeBatch();
                    to.commit();
                }
            }
        }
    }

    private static long last(Connection connection, int conversation) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select max(seq) from turn where conversation_id = ?")) {
            select.setLong(1, conversation);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getObject(1) != null ? row.getLong(1) : -1;
            }
        }
    }

    private void kill(int kills) throws SQLException, IOException, InterruptedException {
        Connection filling = file.connect();
        file.fill(filling, turns);
        shutDown(filling);
        Path template = Files.copy(file.path(), file.folder().resolve("template"));
        Random random = new Random(20);
        int inTime = 0;
        int lost = 0;
        int damaged = 0;
        int leftovers = 0;
        for (int k = 0; k < kills; k++) {
            Files.copy(template, file.path(), StandardCopyOption.REPLACE_EXISTING);
            long[] acknowledged = killOnce(random);
            inTime += acknowledged[1] == 0 ? 1 : 0;
            try (Connection reopened = file.connect();
                    Statement statement = reopened.createStatement();
                    ResultSet row = statement.executeQuery("select count(*), sum(length(text)) from turn")) {
                row.next();
                lost += row.getLong(1) < turns - turns / TurnFile.CONVERSATIONS + acknowledged[0] ? 1 : 0;
                shutDown(reopened);
            } catch (SQLException e) {
                damaged++;
                System.out.println("  reopening failed: " + e.getMessage());
            }
            leftovers += Files.exists(file.folder().resolve("turns.mv.db.tempFile")) ? 1 : 0;
        }
        System.out.printf(
                "kill turns=%d aes=%b kills=%d (%d before it had ended), lost=%d, damaged=%d, half-made file left"
                        + " after reopening=%d%n",
                turns, file.aes(), kills, inTime, lost, damaged, leftovers);
    }

    /** How many inserts the killed process acknowledged, and whether it had ended its compaction. */
    private long[] killOnce(Random random) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ErasureBenchmark.class.getName(),
                        "child",
                        file.folder().toString(),
                        Integer.toString(turns),
                        file.aes() ? "aes" : "plain",
                        "1")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long acknowledged = 0;
        long ended = 0;
        try (var lines = child.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                switch (line) {
                    case "compacting" -> {
                        child.waitFor(random.nextInt(5, 5 + turns / 150), TimeUnit.MILLISECONDS);
                        child.toHandle().destroyForcibly();
                    }
                    case "ended" -> ended = 1;
                    default -> acknowledged = Long.parseLong(line);
                }
            }
        }
        child.waitFor(10, TimeUnit.SECONDS);
        return new long[] {acknowledged, ended};
    }

    private static void insertAndCompact(TurnFile file, int turns) throws SQLException {
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            TurnWriter writer = new TurnWriter(connection, turns, (n, text) -> text);
            for (int n = 1; n <= 200; n++) {
                writer.insert();
                System.out.println(n);
            }
            System.out.println("compacting");
            statement.execute("SHUTDOWN COMPACT");
            System.out.println("ended");
        }
    }

    private static void shutDown(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path one : files.toList()) {
                Files.delete(one);
            }
        }
        Files.delete(folder);
    }
}
