package loci.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import loci.app.config.LogLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go: to standard error, Loci's own from the configured level on, others' from warnings on.
 *
 * <p>Found by logback as a service: code, because reading XML would cost a tenth of a second at each start.
 */
public final class Logs extends ContextAwareBase implements Configurator {

    private static final String APPENDER = "stderr";
    private static final String LINE =
            "%d{HH:mm:ss} %-5level %logger{0}: %replace(%msg){'[\\p{Cntrl}&&[^\\n\\t]]', '?'}%n";

    /** Below debug, where an exception came from in one line: its first frame. */
    private static final String SHORT = LINE + "%ex{short}";

    private static final String FULL = LINE + "%ex";

    /** What is thrown and no frame: JDA logs as an error, with all its frames, that a connection is lost, which it then makes again. */
    private static final String BARE = LINE + "%ex{0}";

    private static final String JDA = "net.dv8tion.jda";

    /** Where lines go instead of standard error while a line is being edited on the terminal. */
    private static volatile @Nullable Consumer<String> beside;

    /** Sends log lines to a place beside the chat on a terminal; null is standard error again. */
    static void to(@Nullable Consumer<String> place) {
        beside = place;
    }

    @Override
    public ExecutionStatus configure(LoggerContext logging) {
        Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender(logging, SHORT));
        Logger jda = logging.getLogger(JDA);
        jda.setAdditive(false);
        jda.addAppender(appender(logging, BARE));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Sets the level of Loci's own lines; null is the mode's own. */
    static void apply(@Nullable LogLevel level, boolean terminal) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext logging)) {
            return;
        }
        LogLevel settled = level != null ? level : terminal ? LogLevel.WARN : LogLevel.INFO;
        logging.getLogger("loci").setLevel(Level.valueOf(settled.name()));
        if (settled == LogLevel.DEBUG) {
            Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            root.detachAppender(APPENDER);
            root.addAppender(appender(logging, FULL));
            Logger jda = logging.getLogger(JDA);
            jda.detachAppender(APPENDER);
            jda.setAdditive(true);
        }
    }

    static boolean isDebug() {
        ILoggerFactory logging = LoggerFactory.getILoggerFactory();
        return logging.getLogger("loci").isDebugEnabled();
    }

    private static OutputStreamAppender<ILoggingEvent> appender(LoggerContext logging, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(logging);
        encoder.setPattern(pattern);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(logging);
        appender.setName(APPENDER);
        appender.setEncoder(encoder);
        appender.setOutputStream(new Outlet());
        appender.start();
        return appender;
    }

    /** Standard error, or the place beside the chat; logback writes a whole event at a time. */
    private static final class Outlet extends OutputStream {

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int start, int length) {
            Consumer<String> place = beside;
            if (place == null) {
                System.err.write(bytes, start, length);
                System.err.flush();
            } else {
                new String(bytes, start, length, StandardCharsets.UTF_8).lines().forEach(place);
            }
        }
    }
}
