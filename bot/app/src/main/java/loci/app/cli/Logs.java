package loci.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
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

    @Override
    public ExecutionStatus configure(LoggerContext logging) {
        Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender(logging, SHORT));
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
        }
    }

    static boolean isDebug() {
        ILoggerFactory logging = LoggerFactory.getILoggerFactory();
        return logging.getLogger("loci").isDebugEnabled();
    }

    private static ConsoleAppender<ILoggingEvent> appender(LoggerContext logging, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(logging);
        encoder.setPattern(pattern);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(logging);
        appender.setName(APPENDER);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
