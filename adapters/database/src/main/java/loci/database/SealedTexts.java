package loci.database;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Seals and opens texts, and sees to it that no reader is given half an erasure. Keys are destroyed right after an erasure commits, also
 * under readers whose snapshot is older: these would find the old epoch and only some of its texts. So a reader to whom that happens
 * reads again. Thread-safe.
 */
final class SealedTexts {

    /** Where keys are gone for another reason, because an older database was put back beside them, reading again does not help. */
    private static final int ATTEMPTS = 3;

    private static final ScopedValue<Reading> READING = ScopedValue.newInstance();

    private final Keyring keyring;

    SealedTexts(Keyring keyring) {
        this.keyring = keyring;
    }

    /** One attempt to read; used by one thread. */
    private static final class Reading {
        private boolean missed;
    }

    /** Reads one snapshot, and a newer one where texts of the first were being erased. */
    static <T> T consistently(Supplier<T> read) {
        for (int attempt = 1; ; attempt++) {
            Reading reading = new Reading();
            T result = ScopedValue.where(READING, reading).call(read::get);
            if (!reading.missed || attempt == ATTEMPTS) {
                return result;
            }
        }
    }

    byte[] seal(long conversation, Cell cell, String text) {
        return keyring.seal(conversation, cell, text);
    }

    /** Returns the text, or empty where its key is destroyed. */
    Optional<String> open(long conversation, Cell cell, byte[] sealed) {
        Optional<String> text = keyring.unseal(conversation, cell, sealed);
        if (text.isEmpty() && READING.isBound()) {
            READING.get().missed = true;
        }
        return text;
    }

    /** Returns the first number from which a new text can be sealed: the next one, unless a newer log beside these keys used and erased it. */
    long free(long conversation, CellKind kind, long next) {
        OptionalLong free = keyring.firstLiving(conversation, kind, next);
        return free.orElseThrow(() -> new IllegalStateException(
                "conversation " + conversation + " was erased as a whole and can hold no more"));
    }
}
