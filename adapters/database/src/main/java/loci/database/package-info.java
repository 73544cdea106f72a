/**
 * Keeps what Loci remembers on disk, and makes it forget. A conversation's rows live in a relational database; every
 * piece of text in them is sealed under a key of its own, and those keys live outside the database in one small file per
 * conversation. Forgetting destroys keys: a text whose key is gone is gone from the database's dead pages, its
 * write-ahead copies and its backups at the same moment. Only this package knows SQL, the key files and the sealed form.
 *
 * <p>The decision and its measurements are in {@code adapters/database/ERASURE.md}.
 */
@NullMarked
package loci.database;

import org.jspecify.annotations.NullMarked;
