package loci.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loci.app.cli.CheckRunner.Finding;
import loci.app.cli.CheckRunner.State;
import loci.app.cli.ServeRunner;
import loci.app.cli.SetupRunner.Guide;
import loci.app.config.LociConfig;
import loci.app.config.Secret;
import loci.app.config.SecretName;
import loci.command.Commands;
import loci.discord.DiscordConnection;
import loci.discord.DiscordConnection.Connected;
import loci.discord.DiscordConnection.Refused;
import loci.discord.DiscordConnection.Unreachable;
import loci.discord.DiscordInvite;
import loci.discord.DiscordPlatform;
import loci.discord.DiscordSettings;
import loci.discord.DiscordSettings.Pace;
import loci.discord.DiscordSettings.Shards;

/** Discord as the configuration describes it. */
final class Discord {

    private static final String PORTAL = "https://discord.com/developers/applications";

    private Discord() {}

    /** Empty where the bot has no token for Discord. */
    static Optional<DiscordSettings> settings(LociConfig config) {
        Secret token = config.secret(SecretName.DISCORD_TOKEN);
        LociConfig.Discord discord = config.discord();
        return token == null
                ? Optional.empty()
                : Optional.of(new DiscordSettings(
                                token.reveal(),
                                Optional.ofNullable(discord.apiUrl())
                                        .map(URI::toString)
                                        .orElse(DiscordSettings.DISCORD),
                                Optional.ofNullable(discord.gatewayUrl())
                                        .map(URI::toString)
                                        .orElse(null),
                                discord.messageContent(),
                                discord.commandsGuild(),
                                Optional.ofNullable(discord.shards())
                                        .map(share -> new Shards(share.first(), share.last(), share.total()))
                                        .orElse(null),
                                discord.answerMissed(),
                                Pace.DEFAULT)
                        .telling(discord.adminChannel()));
    }

    /** How to be there, where the bot has a token. */
    static Optional<Entry> entry(LociConfig config) {
        return settings(config).map(settings -> commands -> enter(settings, config.data(), commands));
    }

    private static Entry.Outcome enter(DiscordSettings settings, Path data, Commands commands) {
        return switch (DiscordPlatform.connect(settings, commands, InstantSource.system())) {
            case Connected(DiscordPlatform platform) ->
                new Entry.In(platform, new ServeRunner.Place("Discord", serving(platform, data), platform::awaitEnd));
            case Refused(String reason) -> new Entry.Out(reason);
            case Unreachable(String reason) -> new Entry.Out(reason);
        };
    }

    /** What an operator is told where it serves. */
    private static List<String> serving(DiscordPlatform platform, Path data) {
        Shards shards = platform.shards();
        List<String> lines = new ArrayList<>();
        lines.add("serving Discord as " + platform.bot() + (shards.total() == 1 ? "" : " on " + shards)
                + "; invite the bot with\n" + DiscordInvite.link(platform.application()));
        if (!shards.isAll()) {
            lines.add("what is remembered on " + shards + " is in " + data + " and in no other process's database: give"
                    + " each process its own LOCI_DATA, and keep the total, or servers fall to processes that do not"
                    + " know them; budgets and opt-outs hold in each process by itself");
        }
        return lines;
    }

    /** Whether Discord lets the bot in so. */
    static Finding check(DiscordSettings settings) {
        String part = "discord";
        return switch (DiscordPlatform.tryToConnect(settings, InstantSource.system())) {
            case Connected(DiscordPlatform platform) -> {
                try (platform) {
                    yield new Finding(
                            part,
                            State.OK,
                            "lets in " + platform.bot() + ", application " + platform.application() + ", "
                                    + platform.shards());
                }
            }
            case Refused(String reason) -> new Finding(part, State.FAILED, reason);
            case Unreachable(String reason) -> new Finding(part, State.FAILED, reason);
        };
    }

    /** What there is to do until the bot is on Discord. */
    static Guide guide(LociConfig config) {
        boolean content = config.discord().messageContent();
        List<String> lines = new ArrayList<>(List.of(
                "Discord, step by step",
                "",
                "1. Open " + PORTAL + ", choose New Application and give it the bot's name.",
                "2. Under Bot choose Reset Token and copy the token. Set it where Loci runs, and nowhere else:",
                "   DISCORD_TOKEN, or DISCORD_TOKEN_FILE with the name of a file that holds it.",
                content
                        ? "3. Under Bot, Privileged Gateway Intents, switch on "
                                + String.join(", ", DiscordInvite.privilegedIntents(true))
                                + ": as configured the bot reads messages that do not mention it (memory.listen,"
                                + " discord.messageContent)."
                        : "3. Leave the Privileged Gateway Intents off: as configured the bot reads mentions, replies"
                                + " to it, direct messages and commands, which takes none.",
                "4. Invite the bot with the link below, and start it with: loci run",
                "",
                "What the link asks for: " + String.join(", ", DiscordInvite.permissionNames()) + "; slash commands.",
                ""));
        Optional<DiscordSettings> settings = settings(config);
        if (settings.isEmpty()) {
            lines.add(
                    "DISCORD_TOKEN is not set yet. With it, run this again: the token is tried, and the link printed.");
            return new Guide(lines, false);
        }
        DiscordConnection tried = DiscordPlatform.tryToConnect(settings.get(), InstantSource.system());
        lines.add(
                switch (tried) {
                    case Connected(DiscordPlatform platform) -> {
                        try (platform) {
                            yield "The token works: it is " + platform.bot() + "'s. Invite it with\n"
                                    + DiscordInvite.link(platform.application());
                        }
                    }
                    case Refused(String reason) -> "Not yet: " + reason;
                    case Unreachable(String reason) -> "Not tried: " + reason;
                });
        return new Guide(lines, tried instanceof Connected);
    }
}
