package loci.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import loci.app.cli.LociCommand;
import loci.app.cli.Nobody;
import loci.app.cli.Streams;
import loci.app.config.Surroundings;
import loci.database.DatabaseSettings;
import loci.database.DatabaseStore;
import loci.memory.ConversationStore;

/** The program's commands on a real database, not encrypted, in a home of its own. */
final class Commanded {

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private boolean terminal;

    Commanded(Path home) {
        this.home = home;
        environment.put("LOCI_DATA", data().toString());
        environment.put("LOCI_DATABASE_ENCRYPTION", "off");
    }

    Path data() {
        return home.resolve("kept");
    }

    Commanded with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Commanded onTerminal() {
        terminal = true;
        return this;
    }

    /** Opens the database as a running bot does. */
    ConversationStore store() {
        return DatabaseStore.open(
                new DatabaseSettings(data(), false, null, Duration.ofHours(1)),
                new SecretWords(),
                InstantSource.system());
    }

    /** Runs a command; what an earlier one said is gone. */
    int run(String... arguments) {
        out.reset();
        err.reset();
        Surroundings surroundings = new Surroundings(environment, home, home, false);
        Streams streams = new Streams(
                new ByteArrayInputStream(new byte[0]),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal);
        return LociCommand.run(
                List.of(arguments),
                surroundings,
                streams,
                Nobody.but(Stores::open, Exports::text, Connections::check, new Setup()));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
