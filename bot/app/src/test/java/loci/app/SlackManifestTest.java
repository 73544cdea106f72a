package loci.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import loci.app.config.LociConfig;
import loci.slack.SlackNeeds;
import org.junit.jupiter.api.Test;

/**
 * The manifest asks Slack for what the program uses and for nothing else, in fields that Slack has and within their limits.
 *
 * @see <a href="https://docs.slack.dev/reference/app-manifest">Fields and limits</a>
 */
class SlackManifestTest {

    private static final LociConfig.Slack SLACK =
            new LociConfig.Slack(null, true, null, Duration.ofHours(1), "/forget", "/summary", "/loci", null);

    /** Every field that Slack's reference names and that is ours to use; {@code *} is a member of a list. */
    private static final Set<String> FIELDS = Set.of(
            "display_information.name",
            "display_information.description",
            "display_information.long_description",
            "display_information.background_color",
            "features.bot_user.display_name",
            "features.bot_user.always_online",
            "features.app_home.home_tab_enabled",
            "features.app_home.messages_tab_enabled",
            "features.app_home.messages_tab_read_only_enabled",
            "features.agent_view.agent_description",
            "features.agent_view.suggested_prompts.*.title",
            "features.agent_view.suggested_prompts.*.message",
            "features.slash_commands.*.command",
            "features.slash_commands.*.description",
            "features.slash_commands.*.usage_hint",
            "features.slash_commands.*.should_escape",
            "features.slash_commands.*.url",
            "features.shortcuts.*.name",
            "features.shortcuts.*.type",
            "features.shortcuts.*.callback_id",
            "features.shortcuts.*.description",
            "oauth_config.scopes.bot.*",
            "settings.event_subscriptions.bot_events.*",
            "settings.event_subscriptions.request_url",
            "settings.interactivity.is_enabled",
            "settings.interactivity.request_url",
            "settings.org_deploy_enabled",
            "settings.socket_mode_enabled",
            "settings.token_rotation_enabled");

    private final JsonNode manifest = read(SlackManifest.text(SLACK, Optional.empty()));

    private static JsonNode read(String yaml) {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(yaml);
        } catch (IOException notYaml) {
            throw new AssertionError(yaml, notYaml);
        }
    }

    @Test
    void it_is_the_file_as_it_stands_where_nothing_is_named_otherwise() throws IOException {
        assertThat(SlackManifest.text(SLACK, Optional.empty()))
                .isEqualTo(Files.readString(Path.of("../../config/slack-manifest.yaml")));
    }

    @Test
    void it_asks_for_what_the_program_uses() {
        assertThat(texts(manifest.at("/oauth_config/scopes/bot"))).containsExactlyElementsOf(SlackNeeds.scopes());
        assertThat(texts(manifest.at("/settings/event_subscriptions/bot_events")))
                .containsExactlyElementsOf(SlackNeeds.events());
        assertThat(each("/features/shortcuts", "message", "callback_id"))
                .containsExactlyElementsOf(SlackNeeds.messageShortcuts());
        assertThat(each("/features/shortcuts", "global", "callback_id"))
                .containsExactlyElementsOf(SlackNeeds.globalShortcuts());
        assertThat(manifest.at("/settings/socket_mode_enabled").asBoolean()).isTrue();
        assertThat(manifest.at("/settings/interactivity/is_enabled").asBoolean())
                .isTrue();
        assertThat(manifest.at("/features/app_home/messages_tab_read_only_enabled")
                        .asBoolean(true))
                .isFalse();
    }

    /** A scope without a reason would be one that nobody dares to take away. */
    @Test
    void every_scope_says_what_it_is_for() {
        List<String> lines = SlackManifest.text(SLACK, Optional.empty()).lines().toList();
        for (String scope : SlackNeeds.scopes()) {
            if (!Set.of("groups:read", "im:read", "mpim:read").contains(scope)) {
                assertThat(lines).anyMatch(line -> line.startsWith("      - " + scope + " # "));
            }
        }
    }

    @Test
    void slack_knows_every_field() {
        Set<String> written = new TreeSet<>();
        fields("", manifest, written);
        fields("", read(SlackManifest.text(SLACK, Optional.of(URI.create("https://l.example")))), written);
        assertThat(written).isEqualTo(new TreeSet<>(FIELDS));
    }

    @Test
    void texts_are_within_slacks_limits() {
        length("/display_information/name", 1, 35);
        length("/display_information/description", 1, 140);
        length("/display_information/long_description", 174, 4_000);
        assertThat(manifest.at("/display_information/background_color").asText())
                .matches("#[0-9a-fA-F]{6}");
        assertThat(manifest.at("/features/bot_user/display_name").asText()).matches("[a-z0-9._-]{1,80}");
        length("/features/agent_view/agent_description", 1, 300);
        assertThat(manifest.at("/features/agent_view/suggested_prompts")).hasSizeBetween(1, 4);
        assertThat(manifest.at("/features/slash_commands"))
                .hasSizeBetween(1, 50)
                .allSatisfy(command -> {
                    assertThat(command.path("command").asText()).matches("/\\S{1,31}");
                    assertThat(command.path("description").asText()).hasSizeBetween(1, 2_000);
                    assertThat(command.path("usage_hint").asText()).hasSizeBetween(1, 1_000);
                    assertThat(command.path("should_escape").asBoolean()).isTrue();
                });
        assertThat(manifest.at("/features/shortcuts")).hasSizeBetween(1, 10).allSatisfy(shortcut -> {
            assertThat(shortcut.path("name").asText()).hasSizeBetween(1, 24);
            assertThat(shortcut.path("callback_id").asText()).hasSizeBetween(1, 255);
            assertThat(shortcut.path("description").asText()).hasSizeBetween(1, 150);
        });
        assertThat(manifest.at("/oauth_config/scopes/bot")).hasSizeBetween(1, 255);
        assertThat(manifest.at("/settings/event_subscriptions/bot_events")).hasSizeBetween(1, 100);
    }

    @Test
    void commands_are_called_as_they_are_configured() {
        LociConfig.Slack own = new LociConfig.Slack(
                null, true, null, Duration.ofHours(1), "/loci-forget", "/loci-summary", "/mnemo", null);

        assertThat(commands(read(SlackManifest.text(own, Optional.empty()))))
                .containsExactly("/loci-forget", "/loci-summary", "/mnemo");
        assertThat(commands(manifest)).containsExactly("/forget", "/summary", "/loci");
    }

    @Test
    void with_an_address_everything_is_sent_there() {
        String url = "https://loci.example.org/slack/events";
        JsonNode http = read(SlackManifest.text(SLACK, Optional.of(URI.create("https://loci.example.org/"))));

        assertThat(http.at("/settings/socket_mode_enabled").asBoolean(true)).isFalse();
        assertThat(http.at("/settings/event_subscriptions/request_url").asText())
                .isEqualTo(url);
        assertThat(http.at("/settings/interactivity/request_url").asText()).isEqualTo(url);
        assertThat(http.at("/features/slash_commands"))
                .allSatisfy(command -> assertThat(command.path("url").asText()).isEqualTo(url));
        assertThat(manifest.toString()).doesNotContain("url");
    }

    private void length(String pointer, int least, int most) {
        assertThat(manifest.at(pointer).asText()).as(pointer).hasSizeBetween(least, most);
    }

    private static List<String> commands(JsonNode of) {
        List<String> commands = new ArrayList<>();
        of.at("/features/slash_commands")
                .forEach(command -> commands.add(command.path("command").asText()));
        return commands;
    }

    private List<String> each(String pointer, String type, String field) {
        return stream(manifest.at(pointer))
                .filter(one -> one.path("type").asText().equals(type))
                .map(one -> one.path(field).asText())
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return stream(list).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        List<JsonNode> members = new ArrayList<>();
        list.forEach(members::add);
        return members.stream();
    }

    private static void fields(String path, JsonNode node, Set<String> found) {
        if (node.isArray()) {
            node.forEach(member -> fields(path + ".*", member, found));
        } else if (node.isObject()) {
            node.properties()
                    .forEach(field -> fields(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), found));
        } else {
            found.add(path);
        }
    }
}
