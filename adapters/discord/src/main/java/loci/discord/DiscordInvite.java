package loci.discord;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.dv8tion.jda.api.Permission;

/** The link that invites the bot, with exactly what it needs. Pure. */
public final class DiscordInvite {

    /** What is used, and nothing else: each is named in the README with what it is for. */
    private static final Set<Permission> NEEDED = EnumSet.of(
            Permission.VIEW_CHANNEL,
            Permission.MESSAGE_SEND,
            Permission.MESSAGE_SEND_IN_THREADS,
            Permission.MESSAGE_HISTORY,
            Permission.MESSAGE_ATTACH_FILES,
            Permission.MESSAGE_ADD_REACTION);

    private DiscordInvite() {}

    /** The needed permissions as Discord adds them up. */
    public static long permissions() {
        return Permission.getRaw(NEEDED);
    }

    /** Their names, as Discord shows them. */
    public static List<String> permissionNames() {
        return NEEDED.stream().map(Permission::getName).toList();
    }

    /**
     * The link.
     *
     * @param application the bot's application id, which is the bot's user id too
     */
    public static String link(String application) {
        return "https://discord.com/oauth2/authorize?client_id=" + application + "&scope=bot+applications.commands"
                + "&permissions=" + permissions();
    }

    /** The privileged intents to switch on in Discord's developer portal; none where the bot only answers mentions. */
    public static List<String> privilegedIntents(boolean readContent) {
        return readContent ? List.of("Message Content") : List.of();
    }
}
