package loci.discord;

import java.time.Duration;
import java.time.ZoneOffset;
import loci.chat.Author;
import loci.chat.Caller;
import loci.chat.ConversationId;
import loci.chat.Standing;
import loci.discord.Rest.Done;
import loci.discord.Rest.Failed;
import loci.discord.Rest.Tried;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.channel.Channel;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.interactions.Interaction;
import net.dv8tion.jda.api.requests.ErrorResponse;
import org.jspecify.annotations.Nullable;

/**
 * Who gave an interaction, and what they are to the place. An administrator here is who may manage the server or the channel, and everybody
 * in their own direct messages. Stateless.
 */
final class Callers {

    private Callers() {}

    /** Who gave it, as they stand where they gave it. */
    static Caller of(Interaction event) {
        return of(event, standing(event.getMember(), event.getChannel()));
    }

    private static Caller of(Interaction event, Standing standing) {
        Author author = Hearing.author(event.getUser(), event.getMember());
        return new Caller(author, standing, event.getUserLocale().toLocale(), ZoneOffset.UTC);
    }

    /**
     * Who gave it, as they stand in another place than where they gave it: a question that came as a direct message may be about a server's
     * channel, where being alone with the bot counts for nothing. Asks Discord, and waits.
     */
    static Tried<Caller> elsewhere(Interaction event, ConversationId where, Places places, Duration patience) {
        Guild guild = places.guild(where.space());
        if (guild == null) {
            return new Failed<>(new IllegalStateException("the server is not available at the moment"));
        }
        return switch (Rest.tried(
                patience,
                () -> guild.retrieveMemberById(event.getUser().getIdLong()).useCache(false))) {
            case Done<Member>(Member member) ->
                new Done<>(of(event, standing(member, guild.getGuildChannelById(where.channel()))));
            case Failed<Member>(Throwable cause) ->
                Failures.is(cause, ErrorResponse.UNKNOWN_MEMBER) || Failures.is(cause, ErrorResponse.UNKNOWN_USER)
                        ? new Done<>(of(event, Standing.MEMBER))
                        : new Failed<>(cause);
        };
    }

    static Standing standing(@Nullable Member member, @Nullable Channel channel) {
        if (member == null) {
            return Standing.ADMIN;
        }
        GuildChannel place = channel instanceof ThreadChannel thread
                ? thread.getParentChannel()
                : channel instanceof GuildChannel own ? own : null;
        boolean manages = member.isOwner()
                || member.hasPermission(Permission.MANAGE_SERVER)
                || (place != null && member.hasPermission(place, Permission.MANAGE_CHANNEL));
        return manages ? Standing.ADMIN : Standing.MEMBER;
    }
}
