package loci.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import loci.database.KeyTreeFormat.NotAKeyFileException;
import org.jspecify.annotations.Nullable;

/**
 * One conversation's key file and the tree in it.
 *
 * <p>The file is the truth, the tree in memory a copy. Safe for use by several threads: erasures follow one another, and
 * reading goes on beside an erasure until its new file is on disk. There must be one object at a time for a file.
 */
final class ConversationKeys {

    private final long conversation;
    private final Path file;
    private final DurableFiles files;

    /** Held for the whole of a load or a rewrite, disk included. */
    private final ReentrantLock changing = new ReentrantLock();

    /** Held for memory only: shared to walk the tree, exclusive to swap and wipe it. */
    private final ReentrantReadWriteLock memory = new ReentrantReadWriteLock();

    private @Nullable KeyTree tree;

    ConversationKeys(long conversation, Path file, DurableFiles files) {
        this.conversation = conversation;
        this.file = file;
        this.files = files;
    }

    /**
     * Makes the key file, durably, with this root seed, unless there is one.
     *
     * @return whether it was made
     */
    boolean create(byte[] rootSeed) {
        changing.lock();
        try {
            if (Files.exists(file)) {
                return false;
            }
            files.createFolder(file.resolveSibling(""));
            write(KeyTree.fresh(rootSeed));
            return true;
        } catch (IOException e) {
            throw KeyFileException.unusable(file, e);
        } finally {
            changing.unlock();
        }
    }

    /** Asks the tree; nothing of the tree may be kept. */
    <R> R ask(Function<KeyTree, R> question) {
        while (true) {
            memory.readLock().lock();
            try {
                if (tree != null) {
                    return question.apply(tree);
                }
            } finally {
                memory.readLock().unlock();
            }
            changing.lock();
            try {
                loaded();
            } finally {
                changing.unlock();
            }
        }
    }

    /** Erases all these cells at one instant, the rename; after the return that is on disk. */
    void erase(Collection<CellRange> ranges) {
        changing.lock();
        try {
            KeyTree before = loaded();
            KeyTree after = before;
            for (CellRange range : ranges) {
                after = after.erase(range);
            }
            if (after == before) {
                // Erased already, perhaps by a process that died before the folder was on disk.
                files.syncFolder(file.resolveSibling(""));
            } else {
                write(after);
            }
        } catch (IOException e) {
            throw KeyFileException.unusable(file, e);
        } finally {
            changing.unlock();
        }
    }

    /** Erases every cell, past and future, even when the key file is missing or damaged. */
    void eraseAll() {
        changing.lock();
        try {
            files.createFolder(file.resolveSibling(""));
            write(KeyTree.erased());
        } catch (IOException e) {
            throw KeyFileException.unusable(file, e);
        } finally {
            changing.unlock();
        }
    }

    /** Drops the copy in memory, wiping it; the next use reads the file. */
    void unload() {
        swap(null);
    }

    private KeyTree loaded() {
        KeyTree present = tree; // written only by holders of "changing", which this thread is
        if (present != null) {
            return present;
        }
        byte[] bytes = {};
        try {
            bytes = Files.readAllBytes(file);
            KeyTree read = KeyTreeFormat.decode(conversation, bytes);
            swap(read);
            return read;
        } catch (NoSuchFileException e) {
            throw KeyFileException.missing(file, conversation);
        } catch (NotAKeyFileException e) {
            throw KeyFileException.corrupt(file, conversation, e);
        } catch (IOException e) {
            throw KeyFileException.unusable(file, e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private void write(KeyTree next) throws IOException {
        byte[] bytes = KeyTreeFormat.encode(conversation, next);
        try {
            files.replace(file, bytes);
        } catch (IOException e) {
            swap(null); // old or new is in force: the file will tell
            throw e;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
        swap(next);
    }

    private void swap(@Nullable KeyTree next) {
        memory.writeLock().lock();
        try {
            KeyTree previous = tree;
            tree = next;
            if (previous != null && next != null) {
                previous.wipeAllBut(next);
            } else if (previous != null) {
                previous.wipe();
            }
        } finally {
            memory.writeLock().unlock();
        }
    }
}
