package loci.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import loci.database.bench.TurnFile;
import loci.database.bench.TurnWriter;

/**
 * Measures erasing by destroying keys; see {@link loci.database.bench.ErasureBenchmark} for the other ways. Not run by the
 * tests.
 *
 * <p>Arguments: {@code <new folder>}.
 */
public final class KeyBenchmark {

    private static final int TURNS = 100_000;
    private static final long LAB = 0;

    private final Path folder;
    private final Keyring keyring;
    private final Random random = new Random(1);

    private KeyBenchmark(Path folder, Keyring keyring) {
        this.folder = folder;
        this.keyring = keyring;
    }

    public static void main(String[] args) throws IOException, SQLException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        try (Keyring keyring = Keyring.open(folder.resolve("keys"), new SecureRandom(), 1_000)) {
            KeyBenchmark benchmark = new KeyBenchmark(folder, keyring);
            benchmark.create();
            benchmark.open("nothing erased");
            benchmark.eraseOne();
            benchmark.eraseRange();
            benchmark.grow();
            benchmark.open("10,000 erased");
            benchmark.beside("varchar");
            benchmark.beside("varbinary");
        }
    }

    private void create() {
        long[] nanos = new long[TurnFile.CONVERSATIONS];
        for (int c = 0; c < nanos.length; c++) {
            long start = System.nanoTime();
            keyring.create(c);
            nanos[c] = System.nanoTime() - start;
        }
        System.out.println("create a conversation's key file: " + TurnFile.quantiles(nanos));
    }

    private void open(String when) {
        List<byte[]> sealed = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        long[] sealing = new long[4_000];
        for (int i = 0; sealed.size() < sealing.length; i++) {
            Cell cell = Cell.turn(TURNS + i);
            String text = TurnFile.text(random, "");
            long start = System.nanoTime();
            byte[] bytes = keyring.seal(LAB, cell, text);
            sealing[i] = System.nanoTime() - start;
            sealed.add(bytes);
            cells.add(cell);
        }
        long[] one = new long[4_000];
        long[] forty = new long[one.length / 40];
        for (int i = 0; i < one.length; i++) {
            long start = System.nanoTime();
            boolean opened = keyring.unseal(LAB, cells.get(i), sealed.get(i)).isPresent();
            one[i] = System.nanoTime() - start;
            if (!opened) {
                throw new IllegalStateException("erased: " + cells.get(i));
            }
            forty[i / 40] += one[i];
        }
        System.out.println("seal one text, " + when + ": " + TurnFile.quantiles(sealing));
        System.out.println("derive and open one, " + when + ": " + TurnFile.quantiles(one));
        System.out.println("derive and open forty, " + when + ": " + TurnFile.quantiles(forty));
    }

    /** One cell in each of many conversations, each still whole. */
    private void eraseOne() {
        long[] nanos = new long[TurnFile.CONVERSATIONS];
        for (int c = 0; c < nanos.length; c++) {
            long conversation = 1_000L + c;
            keyring.create(conversation);
            long number = random.nextInt(TURNS);
            nanos[c] = time(() -> keyring.erase(conversation, List.of(CellRange.turns(number, number))));
        }
        System.out.println("erase one cell: " + TurnFile.quantiles(nanos));
    }

    private void eraseRange() {
        long[] nanos = new long[TurnFile.CONVERSATIONS];
        for (int c = 0; c < nanos.length; c++) {
            long conversation = 2_000L + c;
            keyring.create(conversation);
            long first = random.nextInt(TURNS);
            nanos[c] = time(() -> keyring.erase(conversation, List.of(CellRange.turns(first, first + 999))));
        }
        System.out.println("erase a range of 1,000 cells: " + TurnFile.quantiles(nanos));
    }

    /** The size of the file that each erasure rewrites is what it writes: the amplification. */
    private void grow() throws IOException {
        int erased = 0;
        for (int target : new int[] {1, 100, 1_000, 10_000}) {
            List<CellRange> ranges = new ArrayList<>();
            while (erased + ranges.size() < target - 1) {
                long number = random.nextInt(TURNS);
                ranges.add(CellRange.turns(number, number));
            }
            keyring.erase(LAB, ranges);
            long[] nanos = new long[20];
            erased = target - 1 + nanos.length;
            for (int i = 0; i < nanos.length; i++) {
                long number = random.nextInt(TURNS);
                nanos[i] = time(() -> keyring.erase(LAB, List.of(CellRange.turns(number, number))));
                if (i == 0) {
                    System.out.printf("key file after %d: %d bytes%n", target, Files.size(keyring.file(LAB)));
                }
            }
            System.out.println("erase one more: " + TurnFile.quantiles(nanos));
        }
    }

    /** Inserts, in the clear or sealed, alone and while another thread erases; then looks for plaintext. */
    private void beside(String type) throws SQLException, IOException, InterruptedException {
        boolean sealing = type.equals("varbinary");
        TurnFile file = new TurnFile(folder, type, false);
        try (Connection connection = file.connect()) {
            TurnFile.createTable(connection, type);
            TurnWriter writer = new TurnWriter(
                    connection,
                    TURNS,
                    (n, text) -> sealing
                            ? keyring.seal(n % TurnFile.CONVERSATIONS, Cell.turn(TURNS + n), TurnFile.ERASED + n + text)
                            : text);
            writer.run(2_000);
            System.out.println("insert " + type + ": " + writer.run(5_000));
            AtomicBoolean stop = new AtomicBoolean();
            Thread running = Thread.ofPlatform().start(() -> writer.runUntil(stop));
            long[] nanos = new long[300];
            long copies = 0;
            for (int i = 0; i < nanos.length; i++) {
                long conversation = random.nextInt(1, TurnFile.CONVERSATIONS);
                long number = random.nextInt(TURNS);
                nanos[i] = time(() -> keyring.erase(conversation, List.of(CellRange.turns(number, number))));
                if (i % 100 == 0) {
                    copies += TurnFile.copies(folder, TurnFile.ERASED);
                }
            }
            stop.set(true);
            running.join();
            System.out.println("insert " + type + " while another thread erases: " + writer.quantiles());
            System.out.println("erase one cell meanwhile: " + TurnFile.quantiles(nanos));
            copies += TurnFile.copies(folder, TurnFile.ERASED);
            System.out.println("plaintext found while open: " + copies);
        }
        System.out.println("plaintext found when closed: " + TurnFile.copies(folder, TurnFile.ERASED));
    }

    private static long time(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return System.nanoTime() - start;
    }
}
