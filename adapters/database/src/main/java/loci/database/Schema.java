package loci.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the database's tables to what this program expects. Flyway does it; but where its history already says that everything is
 * there, it is not even loaded, because that takes longer than all the rest of opening the database.
 */
final class Schema {

    /** The versions in {@code migrations/}, in order; a test compares. */
    static final List<String> VERSIONS = List.of("001", "002", "003", "004", "005", "006");

    static final String LOCATION = "classpath:loci/migrations";

    static final String HISTORY = "flyway_schema_history";

    private Schema() {}

    /** @throws DatabaseUnavailable where the tables are a newer program's, or cannot be made */
    static void migrate(DataSource source, String name) {
        try {
            List<String> applied = applied(source);
            if (applied.equals(VERSIONS)) {
                return;
            }
            List<String> unknown = new ArrayList<>(applied);
            unknown.removeAll(VERSIONS);
            if (!unknown.isEmpty()) {
                throw new DatabaseUnavailable(
                        "The database %s was made by a newer Loci (its schema is version %s, this program knows %s); start the newer Loci, or put back a copy of the data directory from before the upgrade."
                                .formatted(name, unknown.getLast(), VERSIONS.getLast()),
                        null);
            }
            Flyway flyway = Flyway.configure()
                    .dataSource(source)
                    .locations(LOCATION)
                    .table(HISTORY)
                    .loggers("slf4j")
                    .load();
            // Migrations can be repeated, so one that failed, perhaps on a full disk, must not be held against the next
            // start.
            flyway.repair();
            flyway.migrate();
            // H2 2.4 lets a CHECK with a list of constants keep the connection that made it, and fail once that is
            // closed; read again from
            // the file, it belongs to none.
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SHUTDOWN");
            }
        } catch (SQLException | FlywayException e) {
            throw new DatabaseUnavailable(
                    "The tables of the database %s could not be brought up to date (%s); put back a copy of the data directory, or report this."
                            .formatted(name, e.getMessage()),
                    e);
        }
    }

    private static List<String> applied(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            try (ResultSet tables = connection.getMetaData().getTables(null, null, HISTORY, null)) {
                if (!tables.next()) {
                    return List.of();
                }
            }
            List<String> versions = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT \"version\" FROM \"" + HISTORY
                            + "\" WHERE \"success\" AND \"version\" IS NOT NULL ORDER BY \"installed_rank\"")) {
                while (rows.next()) {
                    versions.add(rows.getString(1));
                }
            }
            return versions;
        }
    }
}
