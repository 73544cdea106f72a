package loci.discord.standin;

import java.util.Arrays;

/** The permissions the stand-in looks at, by their bits. */
public enum Permission {
    ADMINISTRATOR(3),
    MANAGE_CHANNELS(4),
    MANAGE_GUILD(5),
    ADD_REACTIONS(6),
    VIEW_CHANNEL(10),
    SEND_MESSAGES(11),
    MANAGE_MESSAGES(13),
    EMBED_LINKS(14),
    ATTACH_FILES(15),
    READ_MESSAGE_HISTORY(16),
    MENTION_EVERYONE(17),
    USE_EXTERNAL_EMOJIS(18),
    USE_APPLICATION_COMMANDS(31),
    MANAGE_THREADS(34),
    CREATE_PUBLIC_THREADS(35),
    CREATE_PRIVATE_THREADS(36),
    SEND_MESSAGES_IN_THREADS(38);

    /** What everybody may do in a new guild. */
    static final long EVERYBODYS = bits(
            ADD_REACTIONS,
            VIEW_CHANNEL,
            SEND_MESSAGES,
            EMBED_LINKS,
            ATTACH_FILES,
            READ_MESSAGE_HISTORY,
            USE_EXTERNAL_EMOJIS,
            USE_APPLICATION_COMMANDS,
            CREATE_PUBLIC_THREADS,
            CREATE_PRIVATE_THREADS,
            SEND_MESSAGES_IN_THREADS);

    static final long ALL = bits(values());

    private final long bit;

    Permission(int position) {
        this.bit = 1L << position;
    }

    static long bits(Permission... permissions) {
        return Arrays.stream(permissions).mapToLong(one -> one.bit).reduce(0, (left, right) -> left | right);
    }

    boolean in(long granted) {
        return (granted & bit) != 0;
    }

    /** What this account may do in this channel, by Discord's order: roles, then the channel's overwrites, then the rules between permissions. */
    static long of(Account account, Channel channel) {
        Guild guild = channel.guildOrNull();
        if (guild == null) {
            return channel.holds(account) ? ALL : 0;
        }
        Member member = guild.membership(account);
        if (member == null) {
            return 0;
        }
        long granted = guild.permissionsOf(member);
        if (guild.owner().equals(account) || ADMINISTRATOR.in(granted)) {
            return ALL;
        }
        Channel ruling = channel.kind().isThread() ? channel.parent() : channel;
        granted = ruling.overwritten(granted, member);
        if (!VIEW_CHANNEL.in(granted)) {
            return 0;
        }
        Permission speaking = channel.kind().isThread() ? SEND_MESSAGES_IN_THREADS : SEND_MESSAGES;
        if (!speaking.in(granted)) {
            granted &= ~bits(EMBED_LINKS, ATTACH_FILES, MENTION_EVERYONE);
        }
        boolean shut =
                channel.kind() == Channel.Kind.PRIVATE_THREAD && !channel.holds(account) && !MANAGE_THREADS.in(granted);
        return shut ? 0 : granted;
    }
}
