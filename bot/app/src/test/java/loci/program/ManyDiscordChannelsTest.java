package loci.program;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import loci.chat.ChatPlatform;
import loci.command.Commands;
import loci.discord.DiscordConnection.Connected;
import loci.discord.DiscordPlatform;
import loci.discord.DiscordSettings;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.discord.standin.Message;
import loci.discord.standin.Person;

/** Many channels on Discord's servers, through JDA. */
class ManyDiscordChannelsTest extends ManyChannels {

    @Override
    Network network() {
        return new OnDiscord();
    }

    private static final class OnDiscord implements Network {

        /** Of one server of Discord's. */
        private static final int MOST_CHANNELS = 400;

        private final DiscordServer server = DiscordServer.start();
        private final Person ada = server.person("ada");
        private final Map<String, Channel> rooms = new HashMap<>();

        OnDiscord() {
            server.patience(Duration.ofMinutes(5));
        }

        private Channel channel(String room) {
            return Objects.requireNonNull(rooms.get(room));
        }

        @Override
        public InstantSource clock() {
            return server.clock();
        }

        @Override
        public void opens(String room) {
            Guild guild = server.guild("Garden " + rooms.size() / MOST_CHANNELS);
            guild.member("ada");
            rooms.put(room, guild.channel(room));
        }

        @Override
        public ChatPlatform connects(Commands commands) {
            DiscordSettings settings = new DiscordSettings(
                    server.token(),
                    server.restUrl(),
                    server.gatewayUrl(),
                    true,
                    null,
                    null,
                    DiscordSettings.ANSWER_MISSED,
                    new DiscordSettings.Pace(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofMinutes(1)));
            if (!(DiscordPlatform.connect(settings, commands, InstantSource.system())
                    instanceof Connected(DiscordPlatform platform))) {
                throw new AssertionError("not connected");
            }
            return platform;
        }

        @Override
        public void awaitsHearing() {
            server.awaitsRequest("PUT", "/applications/*/commands");
        }

        @Override
        public String asks(String room, String text) {
            return Long.toString(ada.says(channel(room), "@loci " + text).id());
        }

        @Override
        public List<Answer> answers(String room) {
            return ada.sees(channel(room)).stream()
                    .filter(message -> message.author().equals(server.bot()))
                    .map(message -> new Answer(answered(message), message.text()))
                    .toList();
        }

        private static String answered(Message answer) {
            Message question = answer.repliesTo();
            return question == null ? "" : Long.toString(question.id());
        }

        @Override
        public void until(String what, Supplier<Boolean> so) {
            server.until(what, so);
        }

        @Override
        public List<String> violations() {
            return server.violations();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
