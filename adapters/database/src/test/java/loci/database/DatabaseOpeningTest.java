package loci.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import loci.memory.StoreFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with the data directory is said in a sentence that names the file and what to do. */
class DatabaseOpeningTest {

    @TempDir
    private Path home = Path.of("");

    private DatabaseStore open(Path directory, boolean encrypted, @Nullable String secret) {
        return DatabaseStore.open(
                new DatabaseSettings(directory, encrypted, secret, Duration.ofMinutes(1)),
                StoreFixture.counting(),
                StoreFixture.ticking());
    }

    private void rejected(boolean encrypted, @Nullable String secret, String... parts) {
        assertThatThrownBy(() -> open(home, encrypted, secret))
                .isInstanceOf(DatabaseUnavailable.class)
                .message()
                .contains(parts)
                .doesNotContain("\n", "SQL", "Exception");
    }

    private Connection raw(String options) throws SQLException {
        return DriverManager.getConnection("jdbc:h2:file:" + home.resolve("loci") + options, "loci", "loci");
    }

    @Test
    void theFirstStartMakesTheDirectoryAndTheKeyForTheOwnerOnly() throws IOException {
        Path data = home.resolve("new").resolve("data");
        open(data, true, null).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        for (String file : List.of("database.key", "loci.mv.db")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(data.resolve("database.key"))).matches("[0-9a-f]{64}\n");
    }

    @Test
    void nothingElseIsLeftBesideTheDatabase() throws IOException {
        open(home, true, null).close();
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("database.key", "keys", "loci.mv.db");
        }
    }

    @Test
    void aSecondLociIsRefused() {
        try (DatabaseStore first = open(home, true, null)) {
            rejected(true, null, home.toString(), "in use by another Loci");
            assertThat(first.unsettled()).isEmpty();
        }
        open(home, true, null).close();
    }

    @Test
    void aDatabaseThatAnotherProgramHasOpenIsRefused() throws Exception {
        open(home, false, null).close();
        try (Elsewhere other = new Elsewhere(home)) {
            rejected(false, null, home.toString(), "Another Loci is using", "LOCI_DATA");
            assertThat(other.isAlive()).isTrue();
        }
        open(home, false, null).close();
    }

    /** Another process that keeps the database open. */
    static final class Elsewhere implements AutoCloseable {
        private final Process process;

        Elsewhere(Path home) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Elsewhere.class.getName(),
                            home.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(process.inputReader().readLine()).isEqualTo("open");
        }

        public static void main(String[] args) throws Exception {
            String url = "jdbc:h2:file:" + Path.of(args[0]).resolve("loci");
            try (Connection connection = DriverManager.getConnection(url, "loci", "loci")) {
                System.out.println(connection.isClosed() ? "closed" : "open");
                System.in.read();
            }
        }

        boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void aNewerSchemaIsRefused() throws SQLException {
        open(home, false, null).close();
        try (Connection connection = raw("");
                Statement statement = connection.createStatement()) {
            statement.execute("""
                INSERT INTO "flyway_schema_history" ("installed_rank", "version", "description", "type", "script", "checksum",
                    "installed_by", "execution_time", "success")
                VALUES (999, '999', 'from the future', 'SQL', 'V999__from_the_future.sql', 1, 'LOCI', 1, TRUE)
                """);
        }
        rejected(false, null, home.toString(), "newer Loci", "999", Schema.VERSIONS.getLast());
    }

    @Test
    void aFirstStartThatWasKilledHalfWayIsFinished() throws SQLException {
        open(home, false, null).close();
        try (Connection connection = raw("");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE erasure");
            statement.execute("DROP TABLE setting");
            statement.execute("DROP TABLE audit");
            statement.execute("DROP TABLE spent_total");
            statement.execute("DELETE FROM \"flyway_schema_history\"");
        }
        try (DatabaseStore store = open(home, false, null)) {
            store.record(StoreFixture.posted(StoreFixture.LAB, "m", StoreFixture.ADA, "hi", false));
            assertThat(store.erase(StoreFixture.LAB, StoreFixture.seqs(1L)).turns())
                    .isEqualTo(1);
        }
    }

    @Test
    void aMigrationThatFailedOnceIsTriedAgain() throws SQLException {
        open(home, false, null).close();
        try (Connection connection = raw("");
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE \"flyway_schema_history\" SET \"success\" = FALSE");
        }
        open(home, false, null).close();
    }

    @Test
    void theKeyOfTheWrongDatabaseIsRefused() throws IOException {
        open(home, true, null).close();
        Files.writeString(home.resolve("database.key"), "ab".repeat(32));
        rejected(
                true,
                null,
                home.resolve("database.key").toString(),
                home.resolve("loci.mv.db").toString());
    }

    @Test
    void aLostKeyIsNotReplacedByANewOne() throws IOException {
        open(home, true, null).close();
        Files.delete(home.resolve("database.key"));
        rejected(true, null, home.resolve("database.key").toString(), "missing", "LOCI_DATABASE_PASSWORD");
        assertThat(home.resolve("database.key")).doesNotExist();
    }

    @Test
    void aLostDatabaseIsNoFirstStart() throws IOException {
        try (DatabaseStore store = open(home, true, null)) {
            store.record(StoreFixture.posted(StoreFixture.LAB, "m", StoreFixture.ADA, "hi", false));
        }
        Path database = home.resolve("loci.mv.db");
        Files.delete(database);
        rejected(true, null, database.toString(), "missing or empty", "backup");
        Files.createFile(database);
        rejected(true, null, database.toString(), "missing or empty", "backup");
    }

    @Test
    void aGivenPasswordIsUsedAndNotWritten() throws IOException {
        open(home, true, "correct-horse").close();
        assertThat(home.resolve("database.key")).doesNotExist();
        open(home, true, "correct-horse").close();
        rejected(
                true,
                "battery-staple",
                "LOCI_DATABASE_PASSWORD",
                home.resolve("loci.mv.db").toString());
        rejected(true, "two words", "LOCI_DATABASE_PASSWORD", "white space");
        rejected(true, "", "LOCI_DATABASE_PASSWORD", "empty");
    }

    @Test
    void settingsDoNotShowThePassword() {
        assertThat(new DatabaseSettings(home, true, "correct-horse", Duration.ofMinutes(1)).toString())
                .doesNotContain("correct-horse");
    }

    @Test
    void encryptionCannotBeSwitchedForAnExistingDatabase() throws IOException {
        open(home, true, null).close();
        rejected(false, null, "is encrypted", "database.encryption", "back to on");
        Path plain = Files.createDirectory(home.resolve("plain"));
        open(plain, false, null).close();
        assertThatThrownBy(() -> open(plain, true, null))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("is not encrypted")
                .hasMessageContaining("back to off");
    }

    @Test
    void aDamagedDatabaseIsNamed() throws IOException {
        open(home, false, null).close();
        Files.writeString(home.resolve("loci.mv.db"), "H:2,".repeat(4096));
        rejected(false, null, home.resolve("loci.mv.db").toString(), "damaged");
    }

    @Test
    void aFileWhereTheDirectoryShouldBeIsNamed() throws IOException {
        Path file = Files.writeString(home.resolve("data"), "not a directory");
        assertThatThrownBy(() -> open(file, true, null))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("LOCI_DATA");
    }

    @Test
    void aSemicolonInThePathIsRefusedBecauseItWouldEndTheDatabasesName() {
        assertThatThrownBy(() -> open(home.resolve("a;CIPHER=XTEA"), true, null))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("semicolon");
    }

    @Test
    void theMigrationsAreTheOnesTheProgramExpects() throws IOException, URISyntaxException {
        Path packed = Path.of(DatabaseStore.class
                .getResource("/loci/migrations/V001__conversation_log.sql")
                .toURI());
        try (Stream<Path> files = Files.list(packed.resolveSibling(""))) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("V(.*?)__.*", "$1")))
                    .containsExactlyInAnyOrderElementsOf(Schema.VERSIONS);
        }
    }
}
