package loci.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {

    private static final long LAB = 5;

    @TempDir
    Path home;

    @Test
    void forgetsWhatIsErasedAndNothingElse() {
        try (Keyring keyring = open()) {
            keyring.create(LAB);
            byte[] kept = keyring.seal(LAB, Cell.turn(1), "kept");
            byte[] secret = keyring.seal(LAB, Cell.turn(2), "secret");
            byte[] note = keyring.seal(LAB, Cell.digest(0), "a note on the secret");
            keyring.erase(LAB, List.of(CellRange.turns(2, 2), CellRange.digests(0, 0)));
            assertThat(keyring.unseal(LAB, Cell.turn(1), kept)).hasValue("kept");
            assertThat(keyring.unseal(LAB, Cell.turn(2), secret)).isEmpty();
            assertThat(keyring.unseal(LAB, Cell.digest(0), note)).isEmpty();
        }
    }

    @Test
    void remembersItsErasuresAfterARestart() {
        byte[] kept;
        byte[] secret;
        try (Keyring keyring = open()) {
            keyring.create(LAB);
            kept = keyring.seal(LAB, Cell.turn(1), "kept");
            secret = keyring.seal(LAB, Cell.turn(2), "secret");
            keyring.erase(LAB, List.of(CellRange.turns(2, 2)));
        }
        try (Keyring keyring = open()) {
            assertThat(keyring.create(LAB)).isFalse();
            assertThat(keyring.unseal(LAB, Cell.turn(1), kept)).hasValue("kept");
            assertThat(keyring.unseal(LAB, Cell.turn(2), secret)).isEmpty();
        }
    }

    @Test
    void storingTextsWritesNothing() throws IOException {
        try (Keyring keyring = open()) {
            keyring.create(LAB);
            byte[] before = Files.readAllBytes(keyring.file(LAB));
            for (int n = 0; n < 100; n++) {
                keyring.seal(LAB, Cell.turn(n), "text " + n);
            }
            assertThat(keyring.file(LAB)).hasBinaryContent(before);
        }
    }

    @Test
    void anErasedCellHoldsNoTextAgainAndTheNextOneIsFound() {
        try (Keyring keyring = open()) {
            keyring.create(LAB);
            keyring.erase(LAB, List.of(CellRange.turns(10, 19)));
            assertThatThrownBy(() -> keyring.seal(LAB, Cell.turn(12), "again"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageNotContaining("again");
            assertThat(keyring.firstLiving(LAB, CellKind.TURN, 12)).hasValue(20);
            assertThat(keyring.isLiving(LAB, Cell.turn(19))).isFalse();
            assertThat(keyring.isLiving(LAB, Cell.turn(20))).isTrue();
        }
    }

    @Test
    void erasesAWholeConversationEvenWithoutItsKeyFile() throws IOException {
        try (Keyring keyring = open()) {
            keyring.create(LAB);
            byte[] sealed = keyring.seal(LAB, Cell.turn(1), "secret");
            Files.delete(keyring.file(LAB));
            keyring.eraseAll(LAB);
            assertThat(keyring.unseal(LAB, Cell.turn(1), sealed)).isEmpty();
            assertThat(keyring.firstLiving(LAB, CellKind.TURN, 0)).isEmpty();
            assertThat(keyring.create(LAB)).isFalse();
        }
    }

    @Test
    void namesAMissingKeyFileAndWhatToDo() {
        try (Keyring keyring = open()) {
            assertThatThrownBy(() -> keyring.seal(LAB, Cell.turn(1), "text"))
                    .isInstanceOf(KeyFileException.class)
                    .hasMessageContaining(keyring.file(LAB).toString())
                    .hasMessageContaining("is missing")
                    .hasMessageContaining("put the file back from the newest copy");
        }
    }

    @Test
    void namesADamagedKeyFileAndLeavesItAlone() throws IOException {
        Path file;
        try (Keyring keyring = open()) {
            keyring.create(LAB);
            keyring.erase(LAB, List.of(CellRange.turns(2, 2)));
            file = keyring.file(LAB);
        }
        byte[] truncated = Arrays.copyOf(Files.readAllBytes(file), 100);
        Files.write(file, truncated);
        try (Keyring keyring = open()) {
            assertThatThrownBy(() -> keyring.erase(LAB, List.of(CellRange.turns(3, 3))))
                    .isInstanceOf(KeyFileException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("is damaged: its checksum is wrong");
            assertThat(file).hasBinaryContent(truncated);
        }
    }

    /** Each state a crash can leave: part of the temporary file, all of it, and the old file where the new one was. */
    @Test
    void aRewriteCutAtAnyPointLeavesTheOldKeysOrTheNew() throws IOException {
        Path file;
        byte[] before;
        byte[] after;
        byte[] secret;
        try (Keyring keyring = open()) {
            keyring.create(LAB);
            secret = keyring.seal(LAB, Cell.turn(2), "secret");
            file = keyring.file(LAB);
            before = Files.readAllBytes(file);
            keyring.erase(LAB, List.of(CellRange.turns(2, 2)));
            after = Files.readAllBytes(file);
        }
        Path temporary = file.resolveSibling(file.getFileName() + DurableFiles.TEMPORARY);
        for (int length : new int[] {0, 1, after.length / 2, after.length}) {
            Files.write(file, before);
            Files.write(temporary, Arrays.copyOf(after, length));
            try (Keyring keyring = open()) {
                assertThat(temporary).doesNotExist();
                assertThat(keyring.unseal(LAB, Cell.turn(2), secret)).hasValue("secret");
                keyring.erase(LAB, List.of(CellRange.turns(2, 2)));
                assertThat(keyring.unseal(LAB, Cell.turn(2), secret)).isEmpty();
                assertThat(file).hasBinaryContent(after);
            }
        }
    }

    @Test
    void aFailedRewriteErasesNothingAndCanBeRepeated() throws IOException {
        try (Keyring keyring = open()) {
            keyring.create(LAB);
            byte[] secret = keyring.seal(LAB, Cell.turn(2), "secret");
            Path blocker = keyring.file(LAB).resolveSibling(LAB + ".key" + DurableFiles.TEMPORARY);
            Files.createDirectory(blocker);
            List<CellRange> two = List.of(CellRange.turns(2, 2));
            assertThatThrownBy(() -> keyring.erase(LAB, two))
                    .isInstanceOf(KeyFileException.class)
                    .hasMessageContaining(keyring.file(LAB).toString());
            assertThat(keyring.unseal(LAB, Cell.turn(2), secret)).hasValue("secret");
            Files.delete(blocker);
            keyring.erase(LAB, two);
            assertThat(keyring.unseal(LAB, Cell.turn(2), secret)).isEmpty();
        }
    }

    @Test
    void overwritesTheReplacedFile() throws IOException {
        assumePosix();
        try (Keyring keyring = open()) {
            keyring.create(LAB);
            try (FileChannel old = FileChannel.open(keyring.file(LAB), StandardOpenOption.READ)) {
                byte[] content = new byte[Math.toIntExact(old.size())];
                keyring.erase(LAB, List.of(CellRange.turns(2, 2)));
                old.read(ByteBuffer.wrap(content));
                assertThat(content).containsOnly(0);
            }
        }
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        assumePosix();
        Path folder = home.resolve("keys");
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Keyring keyring = open()) {
            keyring.create(LAB);
            assertThat(mode(folder)).isEqualTo("rwx------");
            assertThat(mode(keyring.file(LAB).resolveSibling(""))).isEqualTo("rwx------");
            assertThat(mode(keyring.file(LAB))).isEqualTo("rw-------");
            keyring.erase(LAB, List.of(CellRange.turns(2, 2)));
            assertThat(mode(keyring.file(LAB))).isEqualTo("rw-------");
        }
    }

    @Test
    void spreadsItsFilesAndNamesThemWithoutCapitals() throws IOException {
        try (Keyring keyring = open()) {
            for (long n : new long[] {0, 1, 255, 256, 1_000_003, Long.MAX_VALUE}) {
                assertThat(keyring.create(n)).isTrue();
            }
        }
        try (Stream<Path> files = Files.walk(home.resolve("keys"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(f -> home.resolve("keys").relativize(f)))
                    .containsExactlyInAnyOrder(
                            Path.of("keyring.lock"),
                            Path.of("00/0.key"),
                            Path.of("01/1.key"),
                            Path.of("ff/255.key"),
                            Path.of("00/256.key"),
                            Path.of("43/1000003.key"),
                            Path.of("ff/9223372036854775807.key"));
        }
    }

    @Test
    void isOpenOnceAtATime() {
        try (Keyring first = open()) {
            assertThat(first.create(LAB)).isTrue();
            assertThatThrownBy(this::open)
                    .isInstanceOf(KeyFileException.class)
                    .hasMessageContaining("in use by another Loci");
        }
        open().close();
    }

    @Test
    void refusesToBeUsedOnceClosed() {
        Keyring keyring = open();
        keyring.close();
        assertThatThrownBy(() -> keyring.create(LAB)).isInstanceOf(IllegalStateException.class);
    }

    /** Many threads erase and read in few conversations with room for one tree: no erasure may be lost to another. */
    @Test
    void concurrentErasuresAllCount() throws InterruptedException, ExecutionException {
        long seed = 99;
        System.out.println("KeyringTest seed " + seed);
        int conversations = 3;
        int threads = 6;
        long perThread = 25;
        try (Keyring keyring = Keyring.open(home.resolve("keys"), new SecureRandom(), 1);
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<byte[]> sealed = new ArrayList<>();
            for (long c = 0; c < conversations; c++) {
                keyring.create(c);
                sealed.add(keyring.seal(c, Cell.turn(1000), "kept"));
            }
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                Random random = new Random(seed + t);
                running.add(pool.submit(() -> {
                    for (int i = 0; i < perThread; i++) {
                        long number = thread * perThread + i;
                        for (long c = 0; c < conversations; c++) {
                            keyring.erase(c, List.of(CellRange.turns(number, number)));
                        }
                        int c = random.nextInt(conversations);
                        assertThat(keyring.unseal(c, Cell.turn(1000), sealed.get(c)))
                                .hasValue("kept");
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        try (Keyring keyring = open()) {
            for (long c = 0; c < conversations; c++) {
                long conversation = c;
                assertThat(LongStream.range(0, threads * perThread)
                                .filter(n -> keyring.isLiving(conversation, Cell.turn(n))))
                        .isEmpty();
            }
        }
    }

    private Keyring open() {
        return Keyring.open(home.resolve("keys"), new SecureRandom(), 10);
    }

    private static void assumePosix() {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
