package loci.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What log lines look like. */
class LogsTest {

    /** What stands in the log of an error that a logger's appender is given. */
    private static List<String> logged(String logger, String configured) {
        LoggerContext logging = new LoggerContext();
        new Logs().configure(logging);
        Logger source = logging.getLogger(logger);
        Throwable thrown = new IllegalStateException("outer", new IOException("inner"));
        LoggingEvent event = new LoggingEvent("test", source, Level.ERROR, "it is lost", thrown, null);
        if (!(logging.getLogger(configured).getAppender("stderr")
                instanceof OutputStreamAppender<ILoggingEvent> appender)) {
            throw new AssertionError("nothing is logged");
        }
        String text = new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
        return text.lines().toList();
    }

    @Test
    void whatJdaExpectsItselfComesWithoutFrames() {
        assertThat(logged("net.dv8tion.jda.internal.requests.WebSocketClient", "net.dv8tion.jda"))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("ERROR WebSocketClient: it is lost"),
                        line -> assertThat(line).isEqualTo("java.lang.IllegalStateException: outer"),
                        line -> assertThat(line).isEqualTo("Caused by: java.io.IOException: inner"));
    }

    @Test
    void othersSayWhereTheyComeFrom() {
        assertThat(logged("loci.engine.Outbox", Logger.ROOT_LOGGER_NAME))
                .hasSize(5)
                .anyMatch(line -> line.contains("at loci.app.cli.LogsTest"));
    }
}
