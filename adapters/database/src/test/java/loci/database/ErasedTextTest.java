package loci.database;

import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.answer;
import static loci.memory.StoreFixture.digest;
import static loci.memory.StoreFixture.edited;
import static loci.memory.StoreFixture.failure;
import static loci.memory.StoreFixture.posted;
import static loci.memory.StoreFixture.seqs;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import loci.chat.Author;
import loci.chat.MessageRef;
import loci.memory.Exchanges;
import loci.memory.Recorded;
import loci.memory.StoreFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said is never in a file in clear, and what is erased is in none in any form that can be read. Encryption is off here. */
class ErasedTextTest {

    private static final Author ADA = new Author("u-marmalade", "Ada Marmalade");

    @TempDir
    private Path home = Path.of("");

    private DatabaseStore open() {
        return DatabaseStore.open(
                new DatabaseSettings(home, false, null, Duration.ofMinutes(1)),
                StoreFixture.counting(),
                StoreFixture.ticking());
    }

    /** Turn 1 holds a secret, turn 2 quotes it, a digest sums it up; turn 3 was replied to with a failure that names it. */
    private void talk(DatabaseStore store) {
        store.record(posted(LAB, "m1", ADA, "the code is marmalade", true));
        store.finish(LAB, answer(1, "so the code is marmalade"), 0);
        store.settled(LAB, store.undelivered(LAB).getFirst().key(), List.of(new MessageRef("b1")));
        store.record(posted(LAB, "m3", ADA, "say marmalade", true));
        store.finish(LAB, failure(3, "I may not say marmalade"), 0);
        assertThat(store.commit(LAB, digest(0, 1, 3, "Ada's code is marmalade"), 0))
                .isTrue();
        store.supersede(edited(LAB, "e1", "m3", "say Marmalade, please"));
        store.commit(LAB, digest(0, 1, 3, "Ada's code is marmalade still"), store.epoch(LAB));
        store.record(posted(LAB, "m5", ADA, "keep this", false));
    }

    private void assertNowhere(String text) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (var charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE)) {
                    assertThat(new String(Files.readAllBytes(file), charset).toLowerCase(java.util.Locale.ROOT))
                            .as(file.toString())
                            .doesNotContain(text);
                }
            }
        }
    }

    @Test
    void noFileHoldsWhatWasSaidOrWhoSaidIt() throws IOException {
        try (DatabaseStore store = open()) {
            talk(store);
            assertNowhere("marmalade");
            store.erase(LAB, seqs(1L, 2L, 4L));
            assertNowhere("marmalade");
        }
        assertNowhere("marmalade");
    }

    @Test
    void anOlderDatabaseBesideTodaysKeysGivesNothingBack() throws IOException {
        open().close();
        Path older = home.resolveSibling(home.getFileName() + "-older.mv.db");
        try (DatabaseStore store = open()) {
            talk(store);
        }
        Files.copy(home.resolve("loci.mv.db"), older);
        try (DatabaseStore store = open()) {
            store.erase(LAB, seqs(1L, 2L, 4L));
            assertThat(store.record(posted(LAB, "m6", ADA, "after", false)).seq())
                    .isEqualTo(6);
            store.erase(LAB, seqs(6L));
        }
        Files.move(older, home.resolve("loci.mv.db"), StandardCopyOption.REPLACE_EXISTING);
        try (DatabaseStore store = open()) {
            assertThat(StoreFixture.texts(store.turns(LAB, new Exchanges(1, 99), 99)))
                    .containsExactly("keep this");
            assertThat(store.note(LAB)).isEmpty();
            assertThat(store.undelivered(LAB)).isEmpty();
            assertThat(store.find(LAB, new MessageRef("m1"))).isEmpty();
            // Turn 6 was used and erased in the newer log: its number is passed over.
            assertThat(store.record(posted(LAB, "m7", ADA, "goes on", false))).isEqualTo(new Recorded(7, false));
        }
    }

    @Test
    void anErasureWhoseKeysCouldNotBeDestroyedIsFinishedLater() throws IOException {
        try (DatabaseStore store = open()) {
            talk(store);
        }
        Path keyFile;
        try (Keyring keyring = keyring()) {
            keyFile = keyring.file(1);
        }
        Path obstacle = keyFile.resolveSibling(keyFile.getFileName() + DurableFiles.TEMPORARY);
        try (DatabaseStore store = open()) {
            Files.createDirectory(obstacle);
            assertThat(store.erase(LAB, seqs(1L, 2L)).turns()).isEqualTo(2);
            assertThat(store.find(LAB, new MessageRef("m1"))).isEmpty();
        }
        Files.delete(obstacle);
        try (Keyring keyring = keyring()) {
            assertThat(keyring.isLiving(1, Cell.turn(1))).isTrue();
        }
        open().close();
        try (Keyring keyring = keyring()) {
            assertThat(keyring.isLiving(1, Cell.turn(1))).isFalse();
            assertThat(keyring.isLiving(1, Cell.turn(2))).isFalse();
            assertThat(keyring.isLiving(1, Cell.digest(1))).isFalse();
            assertThat(keyring.isLiving(1, Cell.turn(4))).isTrue();
        }
    }

    private Keyring keyring() {
        return Keyring.open(home.resolve("keys"), new SecureRandom(), 1);
    }
}
