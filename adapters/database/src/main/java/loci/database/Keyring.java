package loci.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys folder: seals and opens the texts of every conversation, and erases them for good.
 *
 * <p>Each conversation has one file, {@code keys/<two hex digits>/<conversation number>.key}; the digits are the number's low
 * byte, so that a hundred thousand files are four hundred to a folder. Names are digits and lower-case letters, the same on
 * a file system that ignores case. The file is made durably by {@link #create} before the first text is stored, is not
 * touched by storing texts, and is replaced whole by erasing. A process that stops at any point leaves the old or the new
 * file; what {@link #erase} returned from stays erased, through power loss too.
 *
 * <p>Safe for use by several threads. Conversations do not wait for each other; within one, sealing and opening wait for an
 * erasure only while it swaps a reference. One process at a time may have a folder open. At most {@code cached} trees that
 * nobody is using stay in memory; memory no longer needed is overwritten as far as Java allows.
 */
public final class Keyring implements AutoCloseable {

    private static final String LOCK = "keyring.lock";
    private static final int SHARDS = 256;

    private final Path folder;
    private final DurableFiles files;
    private final SecureRandom random;
    private final int cached;
    private final FileChannel lockFile;

    /** Guards {@code slots} and the {@code users} of each; never held while the disk is touched. */
    private final ReentrantLock table = new ReentrantLock();

    private final LinkedHashMap<Long, Slot> slots = new LinkedHashMap<>(64, 0.75f, true);

    private static final class Slot {
        final ConversationKeys keys;
        int users;

        Slot(ConversationKeys keys) {
            this.keys = keys;
        }
    }

    private Keyring(Path folder, DurableFiles files, SecureRandom random, int cached, FileChannel lockFile) {
        this.folder = folder;
        this.files = files;
        this.random = random;
        this.cached = cached;
        this.lockFile = lockFile;
    }

    /**
     * Opens the folder, making it for its owner only if need be, and removes what a crash left half-written.
     *
     * @param folder the keys folder; its parent must exist
     * @param random source of root seeds and nonces
     * @param cached how many unused trees to keep in memory, at least 0
     * @throws KeyFileException when the folder cannot be used, or another process has it open
     */
    public static Keyring open(Path folder, SecureRandom random, int cached) {
        if (cached < 0) {
            throw new IllegalArgumentException("cannot keep " + cached + " trees");
        }
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            Path parent = absolute.getParent();
            DurableFiles files = DurableFiles.on(parent == null ? absolute : parent);
            files.createFolder(absolute);
            files.restrict(absolute);
            FileChannel lockFile = lock(absolute);
            try {
                removeLeftovers(absolute, files);
            } catch (IOException e) {
                lockFile.close();
                throw e;
            }
            return new Keyring(absolute, files, random, cached, lockFile);
        } catch (IOException e) {
            throw KeyFileException.unusable(absolute, e);
        }
    }

    /**
     * Makes a conversation's key file; to be called before its first text is sealed.
     *
     * <p>A new conversation should take a number for which this returns true: after an old database has been restored, the
     * next number may belong to a conversation that was begun, and perhaps erased, since.
     *
     * @return false when there is one already, which is left as it is
     */
    public boolean create(long conversation) {
        byte[] seed = new byte[KeyNode.Seed.LENGTH];
        random.nextBytes(seed);
        boolean made = using(conversation, keys -> keys.create(seed));
        if (!made) {
            Arrays.fill(seed, (byte) 0);
        }
        return made;
    }

    /**
     * Seals a text for its cell; touches no file once the conversation's tree is in memory.
     *
     * @throws IllegalStateException when the cell has been erased: take the number {@link #firstLiving} gives
     * @throws KeyFileException when the conversation's key file is missing or damaged
     */
    byte[] seal(long conversation, Cell cell, String text) {
        byte[] key = key(conversation, cell)
                .orElseThrow(() -> new IllegalStateException(
                        "%s of conversation %d has been erased and can hold no text".formatted(cell, conversation)));
        try {
            return SealedText.seal(key, conversation, cell, text, random);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * Opens what {@link #seal} made for the same cell.
     *
     * @return the text; empty when the cell has been erased
     * @throws TamperedTextException when the bytes are not what was sealed for this cell
     * @throws KeyFileException when the conversation's key file is missing or damaged
     */
    Optional<String> unseal(long conversation, Cell cell, byte[] sealed) {
        return key(conversation, cell).map(key -> {
            try {
                return SealedText.open(key, conversation, cell, sealed);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        });
    }

    /**
     * Erases cells for good. All of them go at one instant, so turns and the digests made from them can be erased as one;
     * after the return this has reached the disk. Erasing what is erased changes nothing.
     *
     * @throws KeyFileException when that failed: nothing or everything was erased, and the call may be repeated
     */
    void erase(long conversation, Collection<CellRange> ranges) {
        using(conversation, keys -> {
            keys.erase(ranges);
            return true;
        });
    }

    /** Erases every cell of a conversation, future ones too; works without a readable key file. */
    public void eraseAll(long conversation) {
        using(conversation, keys -> {
            keys.eraseAll();
            return true;
        });
    }

    /** The smallest number of this kind, at or above {@code from}, that is not erased. */
    OptionalLong firstLiving(long conversation, CellKind kind, long from) {
        return using(conversation, keys -> keys.ask(tree -> tree.firstLiving(kind, from)));
    }

    /** Whether a cell has not been erased. */
    boolean isLiving(long conversation, Cell cell) {
        OptionalLong living = firstLiving(conversation, cell.kind(), cell.number());
        return living.isPresent() && living.getAsLong() == cell.number();
    }

    /** Where a conversation's key file is, or would be. */
    Path file(long conversation) {
        return folder.resolve("%02x".formatted(conversation % SHARDS)).resolve(conversation + ".key");
    }

    /** Wipes what is in memory and lets another process have the folder; nobody may be using this keyring any more. */
    @Override
    public void close() {
        table.lock();
        try {
            slots.values().forEach(slot -> slot.keys.unload());
            slots.clear();
            lockFile.close();
        } catch (IOException e) {
            throw KeyFileException.unusable(folder, e);
        } finally {
            table.unlock();
        }
    }

    private Optional<byte[]> key(long conversation, Cell cell) {
        return using(conversation, keys -> keys.ask(tree -> tree.derive(cell)));
    }

    private <R> R using(long conversation, Function<ConversationKeys, R> use) {
        Slot slot = take(conversation);
        try {
            return use.apply(slot.keys);
        } finally {
            release(slot);
        }
    }

    /** A slot in use stays in the table, so two threads never have two trees for one file. */
    private Slot take(long conversation) {
        if (conversation < 0) {
            throw new IllegalArgumentException("conversation numbers start at 0, not " + conversation);
        }
        table.lock();
        try {
            if (!lockFile.isOpen()) {
                throw new IllegalStateException("the keyring " + folder + " is closed");
            }
            Slot slot = slots.computeIfAbsent(conversation, n -> new Slot(new ConversationKeys(n, file(n), files)));
            slot.users++;
            return slot;
        } finally {
            table.unlock();
        }
    }

    private void release(Slot slot) {
        table.lock();
        try {
            slot.users--;
            Iterator<Slot> eldestFirst = slots.values().iterator();
            while (slots.size() > cached && eldestFirst.hasNext()) {
                Slot eldest = eldestFirst.next();
                if (eldest.users == 0) {
                    eldest.keys.unload();
                    eldestFirst.remove();
                }
            }
        } finally {
            table.unlock();
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // held by another keyring of this very process
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw KeyFileException.inUse(folder);
        }
        return channel;
    }

    private static void removeLeftovers(Path folder, DurableFiles files) throws IOException {
        try (DirectoryStream<Path> shards = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path shard : shards) {
                try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(shard, "*" + DurableFiles.TEMPORARY)) {
                    for (Path leftover : leftovers) {
                        files.wipeAndDelete(leftover);
                    }
                }
            }
        }
    }
}
