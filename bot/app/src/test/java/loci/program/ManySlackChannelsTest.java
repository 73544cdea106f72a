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
import loci.slack.SlackConnection.Connected;
import loci.slack.SlackPlatform;
import loci.slack.SlackSettings;
import loci.slack.standin.Channel;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;

/** Many channels of one workspace, through bolt and Socket Mode. */
class ManySlackChannelsTest extends ManyChannels {

    @Override
    Network network() {
        return new OnSlack();
    }

    private static final class OnSlack implements Network {

        private final SlackServer server = SlackServer.start();
        private final Workspace garden = server.workspace("Garden");
        private final Person ada = garden.member("ada");
        private final Map<String, Channel> rooms = new HashMap<>();

        OnSlack() {
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
            rooms.put(room, garden.channel(room));
        }

        @Override
        public ChatPlatform connects(Commands commands) {
            SlackSettings settings = new SlackSettings(
                    server.botToken(),
                    server.appToken(),
                    null,
                    server.apiUrl(),
                    null,
                    true,
                    SlackSettings.ANSWER_MISSED,
                    new SlackSettings.Pace(
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(1),
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(1),
                            Duration.ofSeconds(5)));
            if (!(SlackPlatform.connect(settings, commands, InstantSource.system())
                    instanceof Connected(SlackPlatform platform))) {
                throw new AssertionError("not connected");
            }
            return platform;
        }

        @Override
        public void awaitsHearing() {
            server.socket().awaitsConnections(1);
        }

        @Override
        public String asks(String room, String text) {
            return ada.says(channel(room), "@loci " + text).ts();
        }

        /** An answer stands in the thread of its question. */
        @Override
        public List<Answer> answers(String room) {
            return ada.sees(channel(room)).stream()
                    .filter(message -> message.author().equals(server.bot()))
                    .map(message -> new Answer(message.root(), message.text()))
                    .toList();
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
