package loci.chat;

import java.util.List;

/**
 * People on a platform, as {@link ChatPlatformContract} needs them: what they do and what they see, on an adapter's stand-in behind few
 * words. People and places are named by short words in lower-case letters, and are there as soon as they are named.
 */
public interface People extends AutoCloseable {

    /** The platform on which they are: ready to be started. The same one each time. */
    ChatPlatform platform();

    /** Somebody says something to the bot, so that an answer is expected; to nobody where the platform is closed. */
    void asks(String person, String place, String text);

    /** Somebody runs the command {@code memory}, without arguments. */
    void runsMemory(String person, String place);

    /**
     * Returns the messages of the bot's that somebody sees in a place, oldest first: the text of each, and of the files that came with it.
     * What is for one person alone is not among them, where the platform can tell it apart.
     */
    List<String> sees(String person, String place);

    /** Returns what the bot said to somebody alone, wherever that is shown; where nobody can be alone, what everybody sees. */
    List<String> toldAlone(String person);

    /** Returns how a text names somebody so that a platform which is not told otherwise would call them. */
    String mention(String person);

    /** Returns how often anybody was called by what the bot said in a place. */
    int pings(String place);

    /** The platform's name of a message that never was, in a place. */
    MessageRef unknownMessage(String place);

    /** Ends all of it, the platform first; a second time it does nothing. */
    @Override
    void close();
}
