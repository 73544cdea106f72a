package loci.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary directory, readable by its owner alone, and the store in it; both are gone after {@link #close}, and on a signal too. A
 * transcript holds what people said, and a replay must leave nothing of it.
 */
final class Scratch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

    private static final String PREFIX = "loci-replay-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-.*");

    private final Path directory;
    private final Thread onSignal;
    private @Nullable AutoCloseable inside;
    private boolean closed;

    private Scratch(Path directory) {
        this.directory = directory;
        this.onSignal = new Thread(this::clear, "replay-clearing");
    }

    /** Makes one, and takes away what a replay that was killed has left. */
    static Scratch make() {
        sweep(Path.of(System.getProperty("java.io.tmpdir")));
        String prefix = PREFIX + ProcessHandle.current().pid() + "-";
        try {
            boolean posix =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
            Path directory = posix
                    ? Files.createTempDirectory(
                            prefix, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                    : Files.createTempDirectory(prefix);
            Scratch scratch = new Scratch(directory);
            Runtime.getRuntime().addShutdownHook(scratch.onSignal);
            return scratch;
        } catch (IOException failed) {
            throw new UncheckedIOException("no temporary directory can be made", failed);
        }
    }

    /** Deletes the directories of processes that are no more, as far as they are ours to delete. */
    static void sweep(Path temporary) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(temporary, PREFIX + "*-*")) {
            for (Path directory : left) {
                Matcher name = NAME.matcher(directory.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    new Scratch(directory).delete();
                }
            }
        } catch (IOException | DirectoryIteratorException notOurs) {
            LOG.debug("what an earlier replay left could not be deleted", notOurs);
        }
    }

    Path directory() {
        return directory;
    }

    /** Names what is open in the directory and must be closed before it goes. */
    synchronized void holds(AutoCloseable store) {
        inside = store;
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException stopping) {
            // A signal came: the hook does, or did, the same.
        }
    }

    private synchronized void clear() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (inside != null) {
                inside.close();
            }
        } catch (Exception failed) {
            LOG.debug("a replay's store could not be closed; it is deleted all the same", failed);
        }
        try {
            delete();
        } catch (IOException failed) {
            throw new UncheckedIOException("the temporary directory " + directory + " could not be deleted", failed);
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
