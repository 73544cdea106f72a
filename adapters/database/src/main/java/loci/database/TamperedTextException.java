package loci.database;

import java.io.Serial;

/** A stored text is not what was sealed for its cell: damaged, moved, or sealed under another key file. */
public final class TamperedTextException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TamperedTextException(long conversation, Cell cell) {
        super(
                "The text of %s %d in conversation %d does not match its key: the row was changed, or the database and the keys folder are not of the same installation."
                        .formatted(cell.kind(), cell.number(), conversation));
    }
}
