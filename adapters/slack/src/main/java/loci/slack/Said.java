package loci.slack;

import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Executor;
import loci.chat.EventId;
import loci.command.Commands;
import loci.slack.CommandLines.Line;
import loci.slack.SlackEvents.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands that are said to the bot, as {@code @loci forget last 2}: Slack refuses slash commands in threads. Such a message is no part of the
 * conversation, and its answer is for whoever wrote it alone. Thread-safe.
 */
final class Said {

    private static final Logger LOG = LoggerFactory.getLogger(Said.class);

    private final Entrance entrance;
    private final Invocations invocations;
    private final CommandLines lines;
    private final Commands commands;
    private final Executor executor;

    Said(Entrance entrance, Invocations invocations, CommandLines lines, Commands commands, Executor executor) {
        this.entrance = entrance;
        this.invocations = invocations;
        this.lines = lines;
        this.commands = commands;
        this.executor = executor;
    }

    /**
     * Runs what is a command, later on; returns whether it is one.
     *
     * @param words what was said behind the bot's name, readable
     */
    boolean takes(Place place, String ts, String user, String words) {
        // The zone matters to when a time is, and not to whether it is one.
        Optional<Line> line = lines.said(words, (name, rest) -> commands.isWritten(name, rest, ZoneOffset.UTC));
        line.ifPresent(command -> executor.execute(() -> run(place, ts, user, command)));
        return line.isPresent();
    }

    /** Whether it is a command. */
    boolean is(String words) {
        return lines.said(words, (name, rest) -> commands.isWritten(name, rest, ZoneOffset.UTC))
                .isPresent();
    }

    private void run(Place place, String ts, String user, Line command) {
        Owed owed = Owed.of(user, place.channel(), place.thread(), null);
        try {
            invocations.run(new EventId("c" + ts), place.conversation(entrance::inThread), command, null, owed);
        } catch (RuntimeException | Error failed) {
            LOG.error("a command that was said could not be taken up", failed);
            invocations.say(owed, "⚠️ I could not take this up. Please try again.");
        }
    }
}
