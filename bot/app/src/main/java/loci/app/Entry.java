package loci.app;

import loci.app.cli.ServeRunner;
import loci.chat.ChatPlatform;
import loci.command.Commands;

/** A platform that is configured, before it was asked to let the bot in. */
@FunctionalInterface
interface Entry {

    /**
     * Asks it.
     *
     * @param commands what to offer there
     */
    Outcome enter(Commands commands);

    /** What came of it. */
    sealed interface Outcome {}

    /** The bot is in; what happens waits until the platform is started. */
    record In(ChatPlatform platform, ServeRunner.Place place) implements Outcome {}

    /** It is not, for a reason in one sentence. */
    record Out(String reason) implements Outcome {}
}
