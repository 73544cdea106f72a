package loci.database;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import loci.database.KeyNode.Gone;
import loci.database.KeyNode.Seed;
import loci.database.KeyNode.Split;

/**
 * The bytes of a key file: one {@link KeyTree} and the conversation it belongs to.
 *
 * <pre>
 * 8 bytes  "LOCIKEYS"
 * 1 byte   version of the format and of the derivation, 1
 * 8 bytes  number of the conversation, big-endian, so that a file under a wrong name is noticed
 * n bytes  the nodes in pre-order: 0 = erased, 1 = a seed of 32 bytes follows, 2 = split, both halves follow
 * 4 bytes  CRC-32C of all before it, big-endian
 * </pre>
 *
 * <p>Pre-order has no room for overlapping or unsorted subtrees: whatever decodes is a tree. The checksum finds accidents
 * (a torn copy, a bad disk); against somebody who may write into the keys folder there is no defence here.
 */
final class KeyTreeFormat {

    private static final long MAGIC = 0x4C4F43494B455953L; // "LOCIKEYS"
    private static final byte VERSION = 1;
    private static final int HEADER = Long.BYTES + Byte.BYTES + Long.BYTES;
    private static final int CHECKSUM = Integer.BYTES;
    private static final byte GONE = 0;
    private static final byte SEED = 1;
    private static final byte SPLIT = 2;

    private KeyTreeFormat() {}

    /** Says why some bytes are not the key file they should be. */
    static final class NotAKeyFileException extends Exception {
        private static final long serialVersionUID = 1L;

        NotAKeyFileException(String reason) {
            super(reason);
        }
    }

    /** The file's bytes; they hold every seed, so the caller wipes them after use. */
    static byte[] encode(long conversation, KeyTree tree) {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER + size(tree.root()) + CHECKSUM);
        buffer.putLong(MAGIC).put(VERSION).putLong(conversation);
        put(buffer, tree.root());
        buffer.putInt(checksum(buffer.array(), buffer.position()));
        return buffer.array();
    }

    /**
     * The tree in a file's bytes.
     *
     * @throws NotAKeyFileException when the bytes are not what {@link #encode} made for this conversation
     */
    static KeyTree decode(long conversation, byte[] bytes) throws NotAKeyFileException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length <= HEADER + CHECKSUM) {
            throw new NotAKeyFileException("it has only " + bytes.length + " bytes");
        }
        if (buffer.getLong() != MAGIC) {
            throw new NotAKeyFileException("it does not begin like a key file");
        }
        byte version = buffer.get();
        if (version != VERSION) {
            throw new NotAKeyFileException(
                    "it is of version " + version + ", and this program knows version " + VERSION);
        }
        long owner = buffer.getLong();
        int end = bytes.length - CHECKSUM;
        if (checksum(bytes, end) != buffer.getInt(end)) {
            throw new NotAKeyFileException("its checksum is wrong");
        }
        if (owner != conversation) {
            throw new NotAKeyFileException("it belongs to conversation " + owner);
        }
        try {
            KeyNode root = take(buffer.limit(end), 0);
            if (buffer.hasRemaining()) {
                throw new NotAKeyFileException("bytes are left over after the tree");
            }
            return new KeyTree(root);
        } catch (BufferUnderflowException e) {
            throw new NotAKeyFileException("it ends within the tree");
        }
    }

    private static int size(KeyNode node) {
        return switch (node) {
            case Gone _ -> 1;
            case Seed _ -> 1 + Seed.LENGTH;
            case Split(KeyNode left, KeyNode right) -> Math.addExact(1 + size(left), size(right));
        };
    }

    private static void put(ByteBuffer buffer, KeyNode node) {
        switch (node) {
            case Gone _ -> buffer.put(GONE);
            case Seed seed -> buffer.put(SEED).put(seed.bytes());
            case Split(KeyNode left, KeyNode right) -> {
                buffer.put(SPLIT);
                put(buffer, left);
                put(buffer, right);
            }
        }
    }

    private static KeyNode take(ByteBuffer buffer, int level) throws NotAKeyFileException {
        byte tag = buffer.get();
        return switch (tag) {
            case GONE -> Gone.GONE;
            case SEED -> {
                byte[] seed = new byte[Seed.LENGTH];
                buffer.get(seed);
                yield new Seed(seed);
            }
            case SPLIT -> {
                if (level == KeyTree.DEPTH) {
                    throw new NotAKeyFileException("its tree is too deep");
                }
                KeyNode left = take(buffer, level + 1);
                yield new Split(left, take(buffer, level + 1));
            }
            default -> throw new NotAKeyFileException("it holds an unknown node " + tag);
        };
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
