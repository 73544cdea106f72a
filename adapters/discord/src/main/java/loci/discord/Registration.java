package loci.discord;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import loci.discord.Rest.Done;
import loci.discord.Rest.Failed;
import loci.discord.Rest.Tried;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.interactions.commands.Command;
import net.dv8tion.jda.api.interactions.commands.build.CommandData;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has Discord offer the commands, but only where it does not offer the same already: it allows so many changes a day. Stateless. */
final class Registration {

    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    private Registration() {}

    /** @param guild the only server to offer them in, or null for everywhere */
    static void register(JDA jda, @Nullable String guild, List<SlashCommandData> wanted, Duration patience) {
        Guild only = guild == null ? null : jda.getGuildById(guild);
        if (guild != null && only == null) {
            LOG.warn("the commands cannot be registered in server {}: the bot is not on it", guild);
            return;
        }
        Tried<List<Command>> present =
                Rest.tried(patience, () -> only == null ? jda.retrieveCommands() : only.retrieveCommands());
        switch (present) {
            case Failed<List<Command>>(Throwable cause) ->
                LOG.warn("it could not be found out which commands Discord offers: {}", cause.toString());
            case Done<List<Command>>(List<Command> commands) -> {
                List<CommandData> offered =
                        commands.stream().map(CommandData::fromCommand).toList();
                if (!comparable(offered).equals(comparable(wanted))) {
                    var changed = Rest.tried(
                            patience,
                            () -> (only == null ? jda.updateCommands() : only.updateCommands()).addCommands(wanted));
                    if (changed instanceof Failed<List<Command>>(Throwable cause)) {
                        LOG.warn("the commands could not be registered: {}", cause.toString());
                    }
                }
            }
        }
    }

    private static Object comparable(List<? extends CommandData> commands) {
        return commands.stream()
                .collect(Collectors.toMap(
                        command -> command.getType() + " " + command.getName(),
                        command -> CommandForms.comparable(command.toData().toMap())));
    }
}
