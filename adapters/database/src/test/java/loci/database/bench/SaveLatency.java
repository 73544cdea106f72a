package loci.database.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import loci.chat.Author;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.database.DatabaseSettings;
import loci.database.DatabaseStore;
import loci.memory.Reach;

/**
 * How long saving takes: alone and with many conversations at once, beside a large erasure, and as a history grows. Not a test; run it
 * on an otherwise idle machine.
 *
 * <p>Arguments: a folder that does not exist yet; {@code plain} or {@code aes}; the most turns to measure with, such as 100000.
 */
public final class SaveLatency {

    private static final Author ADA = new Author("u-ada", "Ada");
    private static final String TEXT =
            "What was it that we said about the trip to Kyoto, and who wanted to bring the maps? ".repeat(3);

    private final DatabaseStore store;
    private final Path home;
    private int messages;

    private SaveLatency(DatabaseStore store, Path home) {
        this.store = store;
        this.home = home;
    }

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        boolean encrypted = args[1].equals("aes");
        SaveLatency bench = new SaveLatency(open(home, encrypted), home);
        try {
            bench.many(1, 3000);
            bench.many(1, 3000);
            bench.many(8, 500);
            bench.many(64, 100);
            bench.besideAnErasure(10_000);
            bench.growing(Integer.parseInt(args[2]));
        } finally {
            long started = System.nanoTime();
            bench.size("before closing");
            bench.store.close();
            bench.size("closed in " + (System.nanoTime() - started) / 1_000_000 + " ms");
        }
        for (int i = 0; i < 3; i++) {
            long started = System.nanoTime();
            DatabaseStore again = open(home, encrypted);
            System.out.printf("open an existing database: %d ms%n", (System.nanoTime() - started) / 1_000_000);
            again.close();
        }
    }

    private static DatabaseStore open(Path home, boolean encrypted) {
        return DatabaseStore.open(
                new DatabaseSettings(home, encrypted, null, Duration.ofSeconds(5)),
                () -> UUID.randomUUID().toString(),
                InstantSource.system());
    }

    private void size(String when) throws IOException {
        System.out.printf("file %s: %.1f MB%n", when, Files.size(home.resolve("loci.mv.db")) / 1e6);
    }

    private static ConversationId place(String name) {
        return ConversationId.ofChannel("bench", "home", name);
    }

    private static MessagePosted message(ConversationId place, String id, boolean addressed) {
        return new MessagePosted(
                new EventId("event-" + id),
                place,
                new MessageRef("message-" + id),
                ADA,
                TEXT,
                Instant.EPOCH,
                addressed);
    }

    private void many(int conversations, int each) throws InterruptedException, ExecutionException, IOException {
        List<long[]> nanos = new ArrayList<>();
        long started = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> running = new ArrayList<>();
            for (int i = 0; i < conversations; i++) {
                String name = "many-" + conversations + "-" + i + "-" + messages++;
                running.add(threads.submit(() -> record(place(name), name, each)));
            }
            for (Future<long[]> one : running) {
                nanos.add(one.get());
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                "record, %d conversations at once: %s, %.0f a second%n",
                conversations, quantiles(nanos), conversations * each / seconds);
        size("now");
    }

    private long[] record(ConversationId place, String prefix, int turns) {
        long[] nanos = new long[turns];
        for (int i = 0; i < turns; i++) {
            long before = System.nanoTime();
            store.record(message(place, prefix + "-" + i, false));
            nanos[i] = System.nanoTime() - before;
        }
        return nanos;
    }

    private void besideAnErasure(int turns) throws InterruptedException, ExecutionException {
        ConversationId erased = place("erased");
        record(erased, "erased", turns);
        for (String which : List.of("every other", "all the rest")) {
            TreeSet<Long> seqs = new TreeSet<>(LongStream.rangeClosed(1, turns)
                    .filter(seq -> !which.equals("every other") || seq % 2 == 0)
                    .boxed()
                    .toList());
            List<long[]> nanos = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                long started = System.nanoTime();
                Future<?> erasing = threads.submit(() -> store.erase(erased, seqs));
                while (!erasing.isDone()) {
                    String name = "beside-" + messages++;
                    nanos.add(record(place("beside"), name, 1));
                }
                erasing.get();
                System.out.printf(
                        "erase %s of %d turns: %d ms; record beside it: %s%n",
                        which, turns, (System.nanoTime() - started) / 1_000_000, quantiles(nanos));
            }
        }
    }

    private void growing(int most) {
        ConversationId place = place("growing");
        for (int size = 100, done = 0; size <= most; size *= size == 100 ? 100 : 10) {
            record(place, "growing-" + size, size - done);
            done = size;
            long[] records = new long[300];
            long[] views = new long[300];
            for (int i = 0; i < records.length; i++) {
                long before = System.nanoTime();
                long exchange = store.record(message(place, "asked-" + size + "-" + i, true))
                        .seq();
                records[i] = System.nanoTime() - before;
                before = System.nanoTime();
                var _ = store.view(place, exchange, Reach.newest(24).afterNote());
                views[i] = System.nanoTime() - before;
            }
            System.out.printf(
                    "at %d turns: record %s; view of 24 %s%n",
                    size, quantiles(List.of(records)), quantiles(List.of(views)));
        }
        if (most >= 1000) {
            long before = System.nanoTime();
            TreeSet<Long> all =
                    new TreeSet<>(LongStream.rangeClosed(1, most).boxed().toList());
            int erased = store.erase(place, all).turns();
            System.out.printf("erase %d turns at once: %d ms%n", erased, (System.nanoTime() - before) / 1_000_000);
        }
    }

    private static String quantiles(List<long[]> nanos) {
        long[] sorted = nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return "p50 %.2f ms, p99 %.2f ms, max %.1f ms (n=%d)"
                .formatted(
                        sorted[sorted.length / 2] / 1e6,
                        sorted[sorted.length * 99 / 100] / 1e6,
                        sorted[sorted.length - 1] / 1e6,
                        sorted.length);
    }
}
