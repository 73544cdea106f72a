package loci.database;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Destroys the keys that committed erasures have noted. Thread-safe, and harmless to repeat: destroying a key twice changes nothing.
 *
 * <p>From the commit on nothing reads the erased rows, so that a key file which cannot be written at this moment delays only the last
 * part of the promise, that no file gives the text back; it is tried again with each checkpoint and at each start.
 */
final class PendingErasures {

    private static final Logger LOG = LoggerFactory.getLogger(PendingErasures.class);

    private final Jdbi jdbi;
    private final Keyring keyring;

    PendingErasures(Jdbi jdbi, Keyring keyring) {
        this.jdbi = jdbi;
        this.keyring = keyring;
    }

    /** Carries out one erasure; never throws, because it is committed and cannot be taken back. */
    void carryOut(ErasureRows.Pending erasure, List<CellRange> cells) {
        try {
            keyring.erase(erasure.conversation(), cells);
            jdbi.useTransaction(handle -> ErasureRows.delete(handle, erasure));
        } catch (RuntimeException e) {
            LOG.warn(
                    "Erased texts of conversation {} are out of use, but their keys could not be destroyed yet; this"
                            + " is tried again: {}",
                    erasure.conversation(),
                    e.getMessage());
        }
    }

    /** Carries out whatever is noted, by this process or by one that died. */
    void carryOutAll() {
        jdbi.withHandle(ErasureRows::all).forEach(this::carryOut);
    }
}
