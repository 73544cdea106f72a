package loci.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The embedded database's file, {@code loci.mv.db} in the data directory, and the password it is enciphered with. What can be wrong with
 * either is said in a sentence, as {@link DatabaseUnavailable}.
 */
final class H2File {

    private static final String NAME = "loci";
    private static final String KEY = "database.key";
    private static final int KEY_BYTES = 32;
    private static final byte[] ENCIPHERED = "H2encrypt".getBytes(StandardCharsets.US_ASCII);

    /**
     * WRITE_DELAY: a commit is written before it is acknowledged. TRACE_LEVEL_FILE: a trace file could hold texts. DB_CLOSE: we close it,
     * and nobody else. LOCK_TIMEOUT: a writer waits for a long erasure of its own conversation. QUERY_CACHE_SIZE: all our statements,
     * not the last eight.
     */
    private static final String OPTIONS =
            ";WRITE_DELAY=0;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000;QUERY_CACHE_SIZE=64";

    private final Path directory;
    private final Path file;
    private final Path keyFile;
    private final DatabaseSettings settings;

    H2File(DatabaseSettings settings) {
        this.settings = settings;
        this.directory = settings.directory();
        this.file = directory.resolve(NAME + ".mv.db");
        this.keyFile = directory.resolve(KEY);
    }

    /** Opens the database once, making it and its key if there is none; the directory must be prepared. */
    JdbcDataSource open() {
        JdbcDataSource source = new JdbcDataSource();
        source.setUser(NAME);
        requireDatabaseOfKeys();
        String url = "jdbc:h2:file:" + directory.resolve(NAME) + OPTIONS;
        if (settings.encrypted()) {
            requireForm(true);
            String password = password();
            source.setURL(url + ";CIPHER=AES");
            source.setPassword(password + " " + NAME);
        } else {
            requireForm(false);
            source.setURL(url);
            source.setPassword(NAME);
        }
        try {
            source.getConnection().close();
            restrict(file, "rw-------");
            return source;
        } catch (SQLException e) {
            throw new DatabaseUnavailable(sentence(e), e);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** A lost database must not look like a first start: people would take it for forgetting. */
    private void requireDatabaseOfKeys() {
        Path keys = directory.resolve("keys");
        try {
            if (Files.isDirectory(keys) && (!Files.exists(file) || Files.size(file) == 0) && holdsKeys(keys)) {
                throw new DatabaseUnavailable(
                        "The database " + file + " is missing or empty, but " + keys + " holds the keys of earlier"
                                + " conversations. Put the database back from a backup; or, to begin anew, move "
                                + directory + " away.",
                        null);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static boolean holdsKeys(Path keys) throws IOException {
        try (Stream<Path> files = Files.walk(keys)) {
            return files.anyMatch(key -> key.getFileName().toString().endsWith(".key"));
        }
    }

    /** Makes the data directory if there is none, and checks that it can be written to. */
    void prepareDirectory() {
        if (directory.toString().indexOf(';') >= 0) {
            throw new DatabaseUnavailable(
                    "The data directory " + directory
                            + " has a semicolon in its path, which the database cannot open; choose another with"
                            + " LOCI_DATA.",
                    null);
        }
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                restrict(directory, "rwx------");
            }
        } catch (IOException e) {
            throw unusable(e);
        }
        if (!Files.isWritable(directory) || (Files.exists(file) && !Files.isWritable(file))) {
            throw new DatabaseUnavailable(
                    "Loci may not write to its data directory " + directory
                            + "; give it to the user who runs Loci, or choose another with LOCI_DATA.",
                    null);
        }
    }

    private String password() {
        String given = settings.secret();
        if (given != null) {
            if (given.isEmpty() || given.chars().anyMatch(Character::isWhitespace)) {
                throw new DatabaseUnavailable(
                        "LOCI_DATABASE_PASSWORD must not be empty and must not contain white space.", null);
            }
            return given;
        }
        try {
            if (Files.exists(keyFile)) {
                return Files.readString(keyFile).strip();
            }
            if (Files.exists(file)) {
                throw new DatabaseUnavailable(
                        "The key file " + keyFile
                                + " is missing, and without it the database beside it cannot be read; put it back from"
                                + " a copy, or set LOCI_DATABASE_PASSWORD if the database was made with one.",
                        null);
            }
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            String password = HexFormat.of().formatHex(key);
            DurableFiles.on(directory).replace(keyFile, (password + "\n").getBytes(StandardCharsets.US_ASCII));
            return password;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** H2 would say of either mistake that the file is broken. */
    private void requireForm(boolean enciphered) {
        if (!Files.exists(file)) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(ENCIPHERED.length);
            boolean is = Arrays.equals(start, ENCIPHERED);
            if (start.length > 0 && is != enciphered) {
                throw new DatabaseUnavailable(
                        "The database %s is %s, but the configuration says it %s; set database.encryption back to %s, or start with an empty data directory."
                                .formatted(
                                        file,
                                        is ? "encrypted" : "not encrypted",
                                        enciphered ? "is" : "is not",
                                        is ? "on" : "off"),
                        null);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private String sentence(SQLException e) {
        String cause = rootMessage(e);
        return switch (e.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                "Another Loci is using the data directory " + directory
                        + "; stop it first, or give this one a directory of its own with LOCI_DATA.";
            case ErrorCode.FILE_ENCRYPTION_ERROR_1, ErrorCode.WRONG_USER_OR_PASSWORD, ErrorCode.WRONG_PASSWORD_FORMAT ->
                settings.secret() == null
                        ? "The database " + file + " cannot be opened with the key in " + keyFile
                                + "; put back the key file that was made with it, or set LOCI_DATABASE_PASSWORD if it"
                                + " was made with one."
                        : "The database " + file
                                + " cannot be opened with LOCI_DATABASE_PASSWORD; set the password it was made with,"
                                + " or none if it was made with "
                                + keyFile + ".";
            case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1, ErrorCode.DATABASE_IS_NOT_PERSISTENT ->
                "The database " + file + " is damaged (" + cause + "); put back a copy of the whole data directory.";
            default ->
                cause.contains("No space left")
                        ? "The disk that holds the data directory " + directory
                                + " is full; free some space and start again."
                        : "The database " + file + " cannot be opened (" + cause + ").";
        };
    }

    private DatabaseUnavailable unusable(IOException e) {
        return new DatabaseUnavailable(
                "The data directory " + directory + " cannot be used (" + e
                        + "); check that the disk is not full and that the directory belongs to the user who runs"
                        + " Loci, or choose another with LOCI_DATA.",
                e);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.toString() : message.lines().findFirst().orElse(message);
    }

    private static void restrict(Path path, String rights) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
        }
    }
}
