package loci.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Instants as both databases keep them: UTC, to the microsecond. */
final class SqlTimes {

    private SqlTimes() {}

    static OffsetDateTime column(Instant at) {
        // PostgreSQL rounds what it cannot keep, H2 cuts it off; so it is cut off here.
        return at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static Instant read(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
