package loci.discord.standin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import net.dv8tion.jda.api.GatewayEncoding;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.Compression;
import net.dv8tion.jda.api.utils.ConcurrentSessionController;
import net.dv8tion.jda.api.utils.SessionController;
import org.slf4j.LoggerFactory;

/** The real JDA, logged in to the stand-in; it writes down the events it makes of what it is sent. */
final class RealJda implements AutoCloseable {
    private static final Logger JDA_LOG = (Logger) LoggerFactory.getLogger("net.dv8tion.jda");

    private final DiscordServer server;
    private final JDA jda;
    private final List<GenericEvent> events;

    private final ListAppender<ILoggingEvent> log;

    private RealJda(DiscordServer server, JDA jda, List<GenericEvent> events, ListAppender<ILoggingEvent> log) {
        this.server = server;
        this.jda = jda;
        this.events = events;
        this.log = log;
    }

    static RealJda in(DiscordServer server, GatewayIntent first, GatewayIntent... more) {
        List<GenericEvent> events = new CopyOnWriteArrayList<>();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        JDA_LOG.addAppender(log);
        JDA jda = builder(server, first, more)
                .addEventListeners((net.dv8tion.jda.api.hooks.EventListener) event -> {
                    events.add(event);
                    server.wake();
                })
                .build();
        RealJda real = new RealJda(server, jda, events, log);
        try {
            jda.awaitReady();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return real;
    }

    static JDABuilder builder(DiscordServer server, GatewayIntent first, GatewayIntent... more) {
        return JDABuilder.createLight(server.token(), first, more)
                .setRestConfig(new RestConfig().setBaseUrl(server.restUrl()))
                .setSessionController(new LocalSessions(server.gatewayUrl()))
                .setGatewayEncoding(GatewayEncoding.JSON)
                .setCompression(Compression.NONE)
                .setBulkDeleteSplittingEnabled(false)
                .setEnableShutdownHook(false);
    }

    JDA jda() {
        return jda;
    }

    /** Waits for the next event of this kind that was not asked for before. */
    <T extends GenericEvent> T next(Class<T> kind) {
        return next(kind, any -> true);
    }

    /** Waits for the next message of someone else's that was not asked for before. */
    MessageReceivedEvent nextMessage() {
        return next(MessageReceivedEvent.class, event -> !event.getAuthor().equals(jda.getSelfUser()));
    }

    <T extends GenericEvent> T next(Class<T> kind, Predicate<T> such) {
        return server.awaits(kind.getSimpleName(), () -> {
            for (GenericEvent event : events) {
                if (kind.isInstance(event) && such.test(kind.cast(event))) {
                    events.remove(event);
                    return kind.cast(event);
                }
            }
            return null;
        });
    }

    /** The events of this kind so far that were not asked for. */
    <T extends GenericEvent> List<T> all(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() {
        jda.shutdown();
        try {
            if (!jda.awaitShutdown(Duration.ofSeconds(5))) {
                jda.shutdownNow();
            }
            JDA_LOG.detachAppender(log);
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .as("JDA could read all that the stand-in sent")
                    .noneMatch(line -> line.startsWith("Got an unexpected") || line.startsWith("Failed to parse"));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Finds the gateway, and lets a session identify anew at once instead of five seconds after the last. */
    private static final class LocalSessions extends ConcurrentSessionController {
        private final String url;

        LocalSessions(String url) {
            this.url = url;
        }

        @Override
        public String getGateway() {
            return url;
        }

        @Override
        public void appendSession(SessionController.SessionConnectNode node) {
            Thread.ofVirtual().start(() -> {
                try {
                    node.run(false);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }
}
