package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import loci.SharedData;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every event that Slack gives a sample of is heard or left alone by name, and none is too strange. */
@Timeout(60)
class OfficialSamplesTest {

    private static final Set<String> OTHERS = Set.of("app_home_opened", "assistant_thread_started");
    private static final Set<String> CHANGES = Set.of("message_changed", "message_deleted");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<Path> samples() throws IOException {
        Path one = SharedData.require("slack-events/MessagePayload.json");
        try (Stream<Path> files = Files.list(one.resolveSibling("."))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void eachIsHeardOrLeftAloneByName() throws IOException {
        for (Path sample : samples()) {
            JsonNode event = JSON.readTree(sample.toFile()).path("event");
            String type = event.path("type").asText();
            assertThat(Listener.HEARD.contains(type) || LeftAlone.EVENTS.contains(type) || OTHERS.contains(type))
                    .as(type)
                    .isTrue();
            String subtype = event.path("subtype").asText("");
            if (type.equals("message")) {
                assertThat(SlackEvents.SAID.contains(subtype)
                                || CHANGES.contains(subtype)
                                || LeftAlone.MESSAGES.contains(subtype))
                        .as(subtype)
                        .isTrue();
            }
        }
    }

    @Test
    void noneIsTooStrange() throws IOException {
        try (SlackServer server = SlackServer.start();
                Bot bot = Bot.on(server)) {
            for (Path sample : samples()) {
                String body = Files.readString(sample);
                String type = JSON.readTree(body).path("event").path("type").asText();
                if (!type.equals("app_uninstalled") && !type.equals("tokens_revoked")) {
                    bot.platform().hears(body, false);
                }
            }
            Person ada = server.workspace("Garden").member("ada");
            assertThat(ada.awaitsReplyTo(ada.whispers("hi")).text()).isEqualTo("ok");
        }
    }
}
