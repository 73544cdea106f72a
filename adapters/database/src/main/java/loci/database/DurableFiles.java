package loci.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Small secret files that are replaced whole, durably, and leave as little as possible behind.
 *
 * <p>On a POSIX file system files are readable by their owner only, folders are synchronised after a change, and the
 * blocks of a replaced or deleted file are overwritten with zeros. Elsewhere (Windows) the folder's access list decides,
 * folders cannot be synchronised, and old blocks are left to the file system: overwriting them before the new name is
 * known to be on disk could lose both. Safe for use by several threads on different files.
 */
final class DurableFiles {

    /** Ends the name of a file that is being written; one found at start was left by a crash and was never in force. */
    static final String TEMPORARY = ".tmp";

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private final boolean posix;

    private DurableFiles(boolean posix) {
        this.posix = posix;
    }

    /** For the file system that holds {@code existing}. */
    static DurableFiles on(Path existing) throws IOException {
        FileStore store = Files.getFileStore(existing);
        return new DurableFiles(store.supportsFileAttributeView(PosixFileAttributeView.class));
    }

    /** Makes the folder, for its owner only, unless it exists; its parent must exist. */
    void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectory(folder, attributes(FOLDER));
        syncFolder(parent(folder));
    }

    /** Takes every right on the folder from everybody but its owner, as after a careless copy. */
    void restrict(Path folder) throws IOException {
        if (posix && !Files.getPosixFilePermissions(folder).equals(FOLDER)) {
            Files.setPosixFilePermissions(folder, FOLDER);
        }
    }

    /**
     * Gives the file this content: whoever looks, at any moment and after any crash, finds the old content or the new one,
     * whole. After the return the new content is on disk and the old one is overwritten.
     *
     * <p>New content in a temporary file, fsync, rename, fsync of the folder: see <a
     * href="https://www.usenix.org/system/files/conference/osdi14/osdi14-paper-pillai.pdf">Pillai and others 2014</a> on why
     * each is needed. The old file is opened before the rename, so that its blocks can be overwritten after it.
     *
     * @throws IOException when either content may be in force; only reading the file tells
     */
    void replace(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
        wipeAndDelete(temporary);
        try (FileChannel old = openForWiping(file)) {
            try (FileChannel channel = FileChannel.open(
                    temporary, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), attributes(FILE))) {
                writeFully(channel, ByteBuffer.wrap(content));
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(parent(file));
            if (old != null) {
                wipe(old);
            }
        }
    }

    /** Overwrites the file with zeros and removes it; nothing happens when there is none. */
    void wipeAndDelete(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            wipe(channel);
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(file);
    }

    /** Puts on disk what the folder lists. */
    void syncFolder(Path folder) throws IOException {
        if (!posix) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private @Nullable FileChannel openForWiping(Path file) throws IOException {
        if (!posix) {
            return null;
        }
        try {
            return FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static void wipe(FileChannel channel) throws IOException {
        channel.position(0);
        writeFully(channel, ByteBuffer.allocate(Math.toIntExact(channel.size())));
        channel.force(false);
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static Path parent(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(path + " has no parent folder");
        }
        return parent;
    }

    private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
