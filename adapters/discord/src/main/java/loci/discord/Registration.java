package loci.discord;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import loci.discord.Rest.Done;
import loci.discord.Rest.Failed;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.ISnowflake;
import net.dv8tion.jda.api.interactions.commands.Command;
import net.dv8tion.jda.api.interactions.commands.build.CommandData;
import net.dv8tion.jda.api.requests.RestAction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Discord offer the commands, but only where it does not offer the same already: it allows so many changes a day. Where they were
 * offered before and are not to be any more, they go, or people would be offered each of them twice. Stateless.
 */
final class Registration {

    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    /** In how many servers it is looked whether the commands were offered there alone before. */
    private static final int MOST_SERVERS = 200;

    private Registration() {}

    /** Where commands are offered: everywhere, or on one server. */
    private record Scope(
            String name,
            RestAction<List<Command>> present,
            Function<List<CommandData>, RestAction<List<Command>>> put) {

        static Scope everywhere(JDA jda) {
            return new Scope(
                    "everywhere",
                    jda.retrieveCommands(true),
                    wanted -> jda.updateCommands().addCommands(wanted));
        }

        static Scope on(Guild guild) {
            return new Scope(
                    "server " + guild.getId(),
                    guild.retrieveCommands(true),
                    wanted -> guild.updateCommands().addCommands(wanted));
        }
    }

    /**
     * Has them offered.
     *
     * @param guild the only server to offer them in, or null for everywhere
     * @return Discord's ids of those that stand as wanted; empty where that is not known
     */
    static Set<String> register(JDA jda, @Nullable String guild, List<CommandData> wanted, Duration patience) {
        Guild only = guild == null ? null : jda.getGuildById(guild);
        if (guild != null && only == null) {
            LOG.warn("the commands cannot be registered in server {}: the bot is not on it", guild);
            return Set.of();
        }
        Scope scope = only == null ? Scope.everywhere(jda) : Scope.on(only);
        switch (Rest.tried(patience, scope::present)) {
            case Failed<List<Command>>(Throwable cause) -> {
                LOG.warn("it could not be found out which commands Discord offers: {}", cause.toString());
                return Set.of();
            }
            case Done<List<Command>>(List<Command> present) -> {
                boolean stands = comparable(data(present)).equals(comparable(wanted));
                if (only != null) {
                    withdraw(Scope.everywhere(jda), wanted, patience);
                }
                if (stands) {
                    return ids(present);
                }
                // Where all is as it was, so is it on other servers: none is asked.
                jda.getGuilds().stream()
                        .filter(other -> !other.equals(only))
                        .limit(MOST_SERVERS)
                        .forEach(other -> withdraw(Scope.on(other), wanted, patience));
                return put(scope, wanted, patience);
            }
        }
    }

    /** Discord's ids of those that it offers everywhere, where these stand as wanted: another process has them offered. */
    static Set<String> offered(JDA jda, List<CommandData> wanted, Duration patience) {
        return Rest.tried(patience, Scope.everywhere(jda)::present) instanceof Done<List<Command>>(var present)
                        && comparable(data(present)).equals(comparable(wanted))
                ? ids(present)
                : Set.of();
    }

    private static Set<String> put(Scope scope, List<CommandData> wanted, Duration patience) {
        return switch (Rest.tried(patience, () -> scope.put().apply(wanted))) {
            case Done<List<Command>>(List<Command> now) -> ids(now);
            case Failed<List<Command>>(Throwable cause) -> {
                LOG.warn("the commands could not be registered: {}", cause.toString());
                yield Set.of();
            }
        };
    }

    /** Takes back those of ours that are offered in a place where they are not wanted; others, which somebody else registered, stay. */
    private static void withdraw(Scope scope, List<CommandData> ours, Duration patience) {
        Set<String> names = ours.stream().map(Registration::key).collect(Collectors.toSet());
        switch (Rest.tried(patience, scope::present)) {
            case Failed<List<Command>>(Throwable cause) ->
                LOG.debug(
                        "{}: it could not be found out which commands are offered: {}", scope.name(), cause.toString());
            case Done<List<Command>>(List<Command> present) -> {
                List<CommandData> others = data(present).stream()
                        .filter(command -> !names.contains(key(command)))
                        .toList();
                if (others.size() < present.size()) {
                    put(scope, others, patience);
                }
            }
        }
    }

    private static Set<String> ids(List<Command> commands) {
        return commands.stream().map(ISnowflake::getId).collect(Collectors.toSet());
    }

    private static List<CommandData> data(List<Command> commands) {
        return commands.stream().map(CommandData::fromCommand).toList();
    }

    private static String key(CommandData command) {
        return command.getType() + " " + command.getName();
    }

    private static Object comparable(List<CommandData> commands) {
        return commands.stream()
                .collect(Collectors.toMap(
                        Registration::key,
                        command -> CommandForms.comparable(command.toData().toMap())));
    }
}
