package loci.discord;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import loci.chat.Attachments;
import loci.chat.Author;
import loci.chat.ChatEvent.Quoted;
import loci.discord.DiscordEvents.Heard;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.ISnowflake;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.MessageType;
import net.dv8tion.jda.api.entities.Role;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.entities.messages.MessageSnapshot;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.utils.TimeUtil;
import org.jspecify.annotations.Nullable;

/** Takes from JDA's messages what matters of them. Never asks Discord: it runs on the gateway's thread. Thread-safe. */
final class Hearing {

    private static final int MOST_THREADS = 10_000;

    /** Threads in which the bot has answered since it started; of earlier ones Discord tells that it is in them. */
    private final Recent<String, Boolean> answeredIn = new Recent<>(MOST_THREADS);

    private final Files files;

    /** @param files what was read of files that came with messages */
    Hearing(Files files) {
        this.files = files;
    }

    void answeredIn(String thread) {
        answeredIn.put(thread, true);
    }

    Heard heard(Message message) {
        Guild guild = message.hasGuild() ? message.getGuild() : null;
        Names names = new MessageNames(message, guild);
        Message replied = message.getReferencedMessage();
        String self = message.getJDA().getSelfUser().getId();
        OffsetDateTime edited = message.getTimeEdited();
        return new Heard(
                Places.of(message.getChannel()),
                message.getId(),
                author(message.getAuthor(), message.getMember()),
                isPerson(message),
                text(message, names),
                isMentioned(message, names),
                replied != null && replied.getAuthor().getId().equals(self),
                message.getChannel() instanceof ThreadChannel thread && isCalledInto(thread, self),
                message.getTimeCreated().toInstant(),
                edited == null ? null : edited.toInstant(),
                replied == null ? null : quoted(replied, guild),
                message.getAuthor().getId().equals(self));
    }

    /** A message as it is quoted by one that is about it. */
    Quoted quoted(Message message) {
        return quoted(message, message.hasGuild() ? message.getGuild() : null);
    }

    private Quoted quoted(Message replied, @Nullable Guild guild) {
        User author = replied.getAuthor();
        boolean own = author.getId().equals(replied.getJDA().getSelfUser().getId());
        return new Quoted(
                Places.of(replied.getChannel()).message(replied.getId()),
                own ? Optional.empty() : Optional.of(author(author, replied.getMember())),
                own ? "" : text(replied, new MessageNames(replied, guild)),
                replied.getTimeCreated().toInstant());
    }

    /** What a message says, forwards what it may, and has attached. */
    private String text(Message message, Names names) {
        List<String> attached = new ArrayList<>();
        for (MessageSnapshot forwarded : message.getMessageSnapshots()) {
            attached.add("[forwarded:] " + DiscordMarkup.readable(forwarded.getContentRaw(), names));
            forwarded.getAttachments().forEach(file -> attached.add(files.shown(file)));
        }
        message.getAttachments().forEach(file -> attached.add(files.shown(file)));
        message.getStickers().forEach(sticker -> attached.add(Attachments.sticker(sticker.getName())));
        return DiscordEvents.text(DiscordMarkup.readable(message.getContentRaw(), names), attached);
    }

    /** Whether a message came with its words: without Message Content only what mentions the bot does, and what is said to it directly. */
    static boolean isShown(Message message) {
        JDA jda = message.getJDA();
        return !message.getContentRaw().isEmpty()
                || !message.hasGuild()
                || jda.getGatewayIntents().contains(GatewayIntent.MESSAGE_CONTENT)
                || message.getMentions().isMentioned(jda.getSelfUser());
    }

    static Author author(User user, @Nullable Member member) {
        return new Author(user.getId(), member == null ? user.getEffectiveName() : member.getEffectiveName());
    }

    private static boolean isPerson(Message message) {
        MessageType type = message.getType();
        boolean said = type == MessageType.DEFAULT || type == MessageType.INLINE_REPLY;
        User author = message.getAuthor();
        return said && !author.isBot() && !author.isSystem() && !message.isWebhookMessage();
    }

    private static boolean isMentioned(Message message, Names names) {
        boolean user =
                message.getMentions().getUsers().stream().map(ISnowflake::getId).anyMatch(names::isBot);
        return user
                || message.getMentions().getRoles().stream()
                        .map(ISnowflake::getId)
                        .anyMatch(names::isBot);
    }

    private boolean isCalledInto(ThreadChannel thread, String self) {
        return thread.isJoined() || thread.getOwnerId().equals(self) || answeredIn.get(thread.getId()) != null;
    }

    static Instant at(String snowflake) {
        return TimeUtil.getTimeCreated(Long.parseUnsignedLong(snowflake)).toInstant();
    }

    /** The names that came with a message, and those of its server's roles and channels. */
    private static final class MessageNames implements Names {

        private final Message message;
        private final @Nullable Guild guild;
        private final Map<String, String> users = new HashMap<>();

        MessageNames(Message message, @Nullable Guild guild) {
            this.message = message;
            this.guild = guild;
            message.getMentions().getUsers().forEach(user -> users.put(user.getId(), user.getEffectiveName()));
            message.getMentions().getMembers().forEach(member -> users.put(member.getId(), member.getEffectiveName()));
        }

        @Override
        public Optional<String> user(String id) {
            return Optional.ofNullable(users.get(id));
        }

        @Override
        public Optional<String> role(String id) {
            return guild == null
                    ? Optional.empty()
                    : Optional.ofNullable(guild.getRoleById(id)).map(Role::getName);
        }

        @Override
        public Optional<String> channel(String id) {
            return guild == null
                    ? Optional.empty()
                    : Optional.ofNullable(guild.getGuildChannelById(id)).map(GuildChannel::getName);
        }

        @Override
        public boolean isBot(String id) {
            JDA jda = message.getJDA();
            Role own = guild == null ? null : guild.getBotRole();
            return id.equals(jda.getSelfUser().getId())
                    || (own != null && own.getId().equals(id));
        }
    }
}
