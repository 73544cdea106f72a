package loci.slack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the bot needs of its app's settings on Slack; {@code config/slack-manifest.yaml} asks for exactly this. Pure.
 *
 * @see <a href="https://docs.slack.dev/reference/app-manifest">Slack's app manifest</a>
 */
public final class SlackNeeds {

    /** The shortcut in a message's menu that has it answered. */
    public static final String ASK = "loci_ask";

    /** The shortcut in a message's menu that has it forgotten. */
    public static final String FORGET = "loci_forget";

    /** The shortcut in a message's menu that sums up from there. */
    public static final String SUMMARY = "loci_summary";

    /** The shortcut from anywhere, to ask what nobody else sees. */
    public static final String ASK_PRIVATELY = "loci_private";

    /** What the app-level token of Socket Mode must be good for. */
    public static final String APP_SCOPE = "connections:write";

    /** Each scope of the bot's token, and what goes wrong without it. */
    private static final Map<String, String> SCOPES = new TreeMap<>(Map.ofEntries(
            Map.entry("app_mentions:read", "it does not hear where it is mentioned"),
            Map.entry("assistant:write", "it cannot suggest prompts or name threads as an agent"),
            Map.entry("channels:history", "it cannot read in public channels"),
            Map.entry("channels:read", "it does not know what public channels are called"),
            Map.entry("chat:write", "it cannot answer"),
            Map.entry("commands", "its slash commands and shortcuts do not work"),
            Map.entry("files:read", "it cannot read what people share"),
            Map.entry("files:write", "it cannot hand out exports"),
            Map.entry("groups:history", "it cannot read in private channels"),
            Map.entry("groups:read", "it does not know what private channels are called"),
            Map.entry("im:history", "it cannot read direct messages"),
            Map.entry("im:read", "it does not know whom it speaks with in direct messages"),
            Map.entry("mpim:history", "it cannot read direct messages among several"),
            Map.entry("mpim:read", "it does not know who is in direct messages among several"),
            Map.entry("reactions:read", "an answer that Slack streams cannot be stopped by a sign"),
            Map.entry("reactions:write", "it cannot show by a sign that it heard, where it cannot show a status"),
            Map.entry("usergroups:read", "it does not know what groups of people are called"),
            Map.entry("users:read", "it does not know what people are called")));

    /** What a message in each kind of place is called when it is subscribed to. */
    private static final List<String> MESSAGES =
            List.of("message.channels", "message.groups", "message.im", "message.mpim");

    /** What comes of the app's own tabs and not of channels. */
    private static final List<String> HOME = List.of("app_home_opened");

    private SlackNeeds() {}

    /** The scopes of the bot's token, in the order of their names. */
    public static List<String> scopes() {
        return List.copyOf(SCOPES.keySet());
    }

    /** The events to subscribe to, in the order of their names. */
    public static List<String> events() {
        return Stream.of(Listener.HEARD, MESSAGES, HOME)
                .flatMap(Collection::stream)
                .filter(event -> !event.equals("message"))
                .sorted()
                .toList();
    }

    /** The callback ids of shortcuts in the menu of messages. */
    public static List<String> messageShortcuts() {
        return List.of(ASK, FORGET, SUMMARY);
    }

    /** The callback ids of shortcuts from anywhere. */
    public static List<String> globalShortcuts() {
        return List.of(ASK_PRIVATELY);
    }

    /** What is said of scopes that a token lacks, a sentence for each; none where it has all. */
    public static List<String> missing(Collection<String> granted) {
        List<String> sentences = new ArrayList<>();
        SCOPES.forEach((scope, without) -> {
            if (!granted.contains(scope)) {
                sentences.add("the bot's token lacks the scope " + scope + ", so " + without
                        + "; add it under OAuth & Permissions and install the app again");
            }
        });
        return sentences;
    }
}
