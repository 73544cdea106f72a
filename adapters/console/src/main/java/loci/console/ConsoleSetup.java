package loci.console;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What a console starts with.
 *
 * @param speaker who speaks until {@code /as} says otherwise
 * @param channel where, until {@code /channel} says otherwise
 * @param botName the name before the bot's answers in a terminal
 * @param clock the time of messages
 * @param ids a new id for each message and event, unique across processes and restarts
 * @param files the directory into which files that come with answers are put
 * @see ConsoleEvents#name which names are possible
 */
public record ConsoleSetup(
        String speaker, String channel, String botName, InstantSource clock, Supplier<String> ids, Path files) {

    /** Files go into the directory that the program was started in. */
    public ConsoleSetup(String speaker, String channel, String botName, InstantSource clock, Supplier<String> ids) {
        this(speaker, channel, botName, clock, ids, Path.of(""));
    }

    public ConsoleSetup {
        if (ConsoleEvents.name(speaker).isEmpty() || ConsoleEvents.name(channel).isEmpty()) {
            throw new IllegalArgumentException("speaker and channel must be names");
        }
    }
}
