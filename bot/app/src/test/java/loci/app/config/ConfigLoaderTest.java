package loci.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import loci.app.config.ConfigLoader.Accepted;
import loci.app.config.ConfigLoader.Loaded;
import loci.app.config.ConfigLoader.OptionValue;
import loci.app.config.ConfigLoader.Refused;
import loci.command.Action;
import loci.command.ChannelRules;
import loci.command.Permissions;
import loci.engine.Admission;
import loci.engine.Admission.Listed;
import loci.prompt.NoteRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From everywhere a value may stand to the configuration, or to the text of what is wrong. */
class ConfigLoaderTest {

    @TempDir
    private Path home;

    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, OptionValue> options = new LinkedHashMap<>();

    @BeforeEach
    void dataInsideTheTemporaryDirectory() {
        environment.put("LOCI_DATA", "data");
    }

    @Test
    void without_anything_the_offline_model_and_the_defaults_hold() {
        LociConfig config = accepted();

        assertThat(config.model().provider()).isEqualTo(Provider.OFFLINE);
        assertThat(config.model().deadline()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.memory())
                .isEqualTo(new LociConfig.Memory(StrategyName.HYBRID, 24, 10, 24, 12, 200, 4, null, NoteRole.SYSTEM));
        assertThat(config.database().encryption()).isTrue();
        assertThat(config.persona().text()).startsWith("You are loci,").doesNotContain("{");
        assertThat(config.data()).isEqualTo(home.resolve("data")).doesNotExist();
    }

    @Test
    void the_window_follows_the_strategy_and_the_marks_unless_it_is_set() {
        environment.put("LOCI_MEMORY_STRATEGY", "window");
        assertThat(ConfigReport.of(accepted())).containsPattern("windowTurns: auto +# default; in effect: 10\n");
        environment.put("LOCI_MEMORY_STRATEGY", "hybrid");
        environment.put("LOCI_MEMORY_COMPACTAFTERTURNS", "40");
        assertThat(accepted().memory().hybridTurns()).isEqualTo(40);
        environment.put("LOCI_MEMORY_WINDOWTURNS", "30");
        assertThat(problems(null)).contains("memory.compactAfterTurns (40) is more than memory.windowTurns (30)");
        environment.put("LOCI_MEMORY_WINDOWTURNS", "50");
        assertThat(accepted().memory().windowTurns()).isEqualTo(50);
    }

    @Test
    void the_note_is_written_by_the_answering_model_unless_another_is_named() {
        environment.put("OPENAI_API_KEY", "sk-answering");
        LociConfig one = accepted();
        assertThat(one.summary()).isSameAs(one.model());

        environment.put("LOCI_SUMMARY_MODEL", "gpt-4.1-nano");
        LociConfig.Model cheaper = accepted().summary();
        assertThat(cheaper.name()).isEqualTo("gpt-4.1-nano");
        assertThat(cheaper.apiKey()).isNotNull().extracting(Secret::reveal).isEqualTo("sk-answering");
    }

    @Test
    void a_key_never_goes_to_an_address_it_was_not_given_for() {
        environment.put("OPENAI_API_KEY", "sk-answering");
        environment.put("LOCI_SUMMARY_MODEL", "llama3.2");
        environment.put("LOCI_SUMMARY_BASEURL", "http://localhost:11434/v1");
        assertThat(accepted().summary().apiKey()).isNull();
        assertThat(accepted().summary().baseUrl()).hasPort(11434);
        environment.put("LOCI_SUMMARY_API_KEY", "sk-other");
        assertThat(accepted().summary().apiKey())
                .isNotNull()
                .isNotEqualTo(accepted().model().apiKey());
    }

    @Test
    void a_summary_model_that_cannot_be_asked_is_explained() {
        environment.put("LOCI_SUMMARY_MODEL", "gpt-4.1-nano");
        assertThat(problems(null))
                .contains("LOCI_SUMMARY_MODEL: summary.model is set, but the offline stand-in answers");
        environment.remove("LOCI_SUMMARY_MODEL");
        environment.put("LOCI_SUMMARY_BASEURL", "http://localhost:11434/v1");
        assertThat(problems(null)).contains("summary.model names no model");
    }

    @Test
    void models_that_stand_in_or_can_be_chosen_are_lists_each_with_its_own_key() {
        environment.put("OPENAI_API_KEY", "sk-answering");
        environment.put("LOCI_KEY_LOCAL", "sk-other");
        environment.put(
                "LOCI_MODEL_FALLBACKS", "gpt-4.1-mini, llama3.2 at http://localhost:11434/v1 key LOCI_KEY_LOCAL");
        environment.put("LOCI_MODEL_CHOICES", "gpt-4.1");
        LociConfig config = accepted();
        assertThat(config.fallbacks()).extracting(LociConfig.Model::name).containsExactly("gpt-4.1-mini", "llama3.2");
        assertThat(config.fallbacks())
                .extracting(model -> Objects.requireNonNull(model.apiKey()).reveal())
                .containsExactly("sk-answering", "sk-other");
        assertThat(config.fallbacks().getLast().baseUrl()).hasPort(11434);
        assertThat(config.choices()).extracting(LociConfig.Model::name).containsExactly("gpt-4.1");
    }

    @Test
    void the_key_of_a_list_goes_to_the_server_it_is_written_beside_and_to_no_other() throws IOException {
        environment.put("OPENAI_API_KEY", "sk-answering");
        environment.put("LOCI_KEY_GROQ", "gsk-12345678");
        file("mistral", "mistral-12345678\n");
        environment.put("LOCI_KEY_MISTRAL_FILE", "mistral");
        environment.put("LOCI_MODEL_FALLBACKS", "a at https://groq.test/v1 key LOCI_KEY_GROQ, b at http://lan.test/v1");
        environment.put(
                "LOCI_MODEL_CHOICES",
                "c at https://mistral.test/v1 key LOCI_KEY_MISTRAL, d at https://groq.test/v2 key LOCI_KEY_GROQ");
        LociConfig config = accepted();
        assertThat(config.fallbacks().getFirst().apiKey())
                .isNotNull()
                .extracting(Secret::reveal)
                .isEqualTo("gsk-12345678");
        assertThat(config.fallbacks().getLast().apiKey()).isNull();
        assertThat(config.choices())
                .extracting(model -> Objects.requireNonNull(model.apiKey()).reveal())
                .containsExactly("mistral-12345678", "gsk-12345678");
        assertThat(config.secrets().values())
                .extracting(held -> held.secret().reveal())
                .contains("gsk-12345678", "mistral-12345678");
        assertThat(ConfigReport.of(config))
                .contains(
                        "LOCI_KEY_GROQ: set (from LOCI_KEY_GROQ)",
                        "LOCI_KEY_MISTRAL: set (from LOCI_KEY_MISTRAL_FILE)",
                        "key LOCI_KEY_GROQ")
                .doesNotContain("12345678");
    }

    @Test
    void shards_are_counted_from_0_and_left_to_discord_where_nothing_is_said() {
        assertThat(accepted().discord().shards()).isNull();
        environment.put("LOCI_DISCORD_SHARDS", "0-1 of 4");
        assertThat(accepted().discord().shards()).isEqualTo(new Share(0, 1, 4));
        environment.put("LOCI_DISCORD_SHARDS", "3 of 4");
        assertThat(accepted().discord().shards()).isEqualTo(new Share(3, 3, 4)).hasToString("3 of 4");
        environment.put("LOCI_DISCORD_SHARDS", "4 of 4");
        assertThat(problems(null)).contains("There is no 4 of 4: they are counted from 0.");
        environment.put("LOCI_DISCORD_SHARDS", "2-1 of 4");
        assertThat(problems(null)).contains("Write the smaller first.");
        environment.put("LOCI_DISCORD_SHARDS", "4");
        assertThat(problems(null)).contains("Write which ones, from 0, and how many there are in all.");
    }

    @Test
    void operators_are_told_in_a_channel_that_is_named_by_its_id() {
        assertThat(accepted().discord().adminChannel()).isNull();
        environment.put("LOCI_DISCORD_ADMINCHANNEL", "123456789012345678");
        assertThat(accepted().discord().adminChannel()).isEqualTo("123456789012345678");
        environment.put("LOCI_DISCORD_ADMINCHANNEL", "#operators");
        assertThat(problems(null)).contains("discord.adminChannel").contains("an id of 17 to 20 digits, or empty");
        environment.remove("LOCI_DISCORD_ADMINCHANNEL");
        assertThat(accepted().slack().adminChannel()).isNull();
        environment.put("LOCI_SLACK_ADMINCHANNEL", "C0123456789");
        assertThat(accepted().slack().adminChannel()).isEqualTo("C0123456789");
        environment.put("LOCI_SLACK_ADMINCHANNEL", "#operators");
        assertThat(problems(null))
                .contains("slack.adminChannel must be a channel's id such as C0123456789, or empty for none")
                .contains("Copy it from the end of the channel's details on Slack, where it begins with C.");
    }

    @Test
    void whom_the_bot_serves_is_a_list_of_spaces_and_people() {
        assertThat(accepted().admission()).isEqualTo(Admission.EVERYWHERE);
        environment.put("LOCI_ADMISSION_SPACES", "discord/123456789012345678, discord/dm/876543210987654321,slack/T01");
        assertThat(accepted().admission().listed())
                .containsExactlyInAnyOrder(
                        new Listed("discord", "123456789012345678", null),
                        new Listed("discord", "dm", "876543210987654321"),
                        new Listed("slack", "T01", null));
        environment.put("LOCI_ADMISSION_SPACES", "slack/T01, discord/garden");
        assertThat(problems(null)).contains("\"discord/garden\" is no entry");
        environment.put("LOCI_ADMISSION_SPACES", "slack/T01,slack/T01");
        assertThat(problems(null)).contains("It lists \"slack/T01\" twice.");
    }

    @Test
    void keys_of_lists_that_are_missing_shared_or_written_out_are_explained_and_do_not_show() {
        environment.put("OPENAI_API_KEY", "sk-answering");
        environment.put("LOCI_MODEL_FALLBACKS", "a at https://groq.test/v1 key LOCI_KEY_GROQ");
        assertThat(problems(null)).contains("names the key of \"a\", but LOCI_KEY_GROQ is not set");
        environment.put("LOCI_KEY_GROQ", "gsk-12345678");
        environment.put("LOCI_MODEL_CHOICES", "b at http://lan.test/v1 key LOCI_KEY_GROQ");
        assertThat(problems(null))
                .contains("model.choices sends the key of LOCI_KEY_GROQ to two servers, https://groq.test and"
                        + " http://lan.test")
                .doesNotContain("12345678");
        environment.put("LOCI_MODEL_CHOICES", "b key LOCI_KEY_GROQ");
        assertThat(problems(null)).contains("A key is for one server: write its address too");
        environment.put("LOCI_MODEL_CHOICES", "b at http://lan.test/v1 Key hush");
        assertThat(problems(null))
                .contains("beginning with LOCI_KEY_, and put the key itself into that variable")
                .doesNotContain("hush");
        environment.put("LOCI_MODEL_CHOICES", "b at http://lan.test/v1, sk-hush");
        assertThat(accepted().choices()).hasSize(2);
        environment.put("LOCI_MODEL_CHOICES", "b at lan.test/v1, sk-hush");
        assertThat(problems(null)).doesNotContain("hush");
        environment.remove("LOCI_MODEL_CHOICES");
        environment.put("LOCI_KEY_FILE", "x");
        assertThat(problems(null)).contains("LOCI_KEY_FILE: there is no key that this variable sets");
    }

    @Test
    void a_model_is_known_by_its_name_so_one_name_is_one_server() {
        environment.put("OPENAI_API_KEY", "sk-answering");
        environment.put("LOCI_MODEL_FALLBACKS", "a at http://one.test/v1");
        environment.put("LOCI_MODEL_CHOICES", "a at http://one.test/v1");
        assertThat(accepted().choices()).isEqualTo(accepted().fallbacks());
        environment.put("LOCI_MODEL_CHOICES", "a at http://two.test/v1");
        assertThat(problems(null))
                .contains(
                        "model.fallbacks and model.choices both name \"a\", at different addresses:"
                                + " http://one.test/v1 and http://two.test/v1",
                        "have one of the servers call it by another name");
        environment.put("LOCI_KEY_ONE", "sk-one");
        environment.put("LOCI_MODEL_CHOICES", "a at http://one.test/v1 key LOCI_KEY_ONE");
        assertThat(problems(null)).contains("both name \"a\", with different keys");
        environment.remove("LOCI_MODEL_CHOICES");
        environment.put("LOCI_MODEL_FALLBACKS", "gpt-4o-mini at http://one.test/v1");
        assertThat(problems(null))
                .contains(
                        "model.fallbacks names model.name again, \"gpt-4o-mini\", at another address,"
                                + " http://one.test/v1",
                        "have one of the servers call it by another name");
    }

    @Test
    void lists_of_models_that_make_no_sense_are_explained() {
        environment.put("LOCI_MODEL_FALLBACKS", "gpt-4.1");
        assertThat(problems(null)).contains("model.fallbacks is set, but the offline stand-in answers");
        environment.put("LOCI_MODEL_FALLBACKS", "llama3.2 at http://localhost:11434/v1");
        assertThat(accepted().fallbacks().getFirst().provider()).isEqualTo(Provider.OPENAI);
        environment.put("OPENAI_API_KEY", "sk-answering");
        environment.put("LOCI_MODEL_FALLBACKS", "gpt-4.1, gpt-4.1");
        assertThat(problems(null)).contains("It names \"gpt-4.1\" twice.");
        environment.put("LOCI_MODEL_FALLBACKS", "gpt-4o-mini");
        assertThat(problems(null)).contains("model.fallbacks names model.name again, \"gpt-4o-mini\"");
        environment.put("LOCI_MODEL_FALLBACKS", "gpt-4.1,");
        assertThat(problems(null)).contains("There is a comma with no name beside it.");
        environment.put("LOCI_MODEL_FALLBACKS", "llama at ftp://there");
        assertThat(problems(null)).contains("Begin it with http:// or https://.");
    }

    @Test
    void budgets_limits_and_rules_are_read() {
        environment.put("LOCI_BUDGET_TOTAL", "20");
        environment.put("LOCI_BUDGET_USER", "0.50");
        environment.put("LOCI_LIMITS_USERPERMINUTE", "7");
        environment.put("LOCI_MEMORY_RETENTION", "90d");
        environment.put("LOCI_MEMORY_LISTEN", "all");
        LociConfig config = accepted();
        assertThat(config.budgets().all()).contains(new BigDecimal("20"));
        assertThat(config.budgets().channel()).isEmpty();
        assertThat(config.budgets().person()).contains(new BigDecimal("0.50"));
        assertThat(config.rates()).isEqualTo(new LociConfig.Rates(7, null));
        assertThat(config.rules())
                .isEqualTo(new ChannelRules(
                        ChannelRules.Listening.ALL, ChannelRules.Threads.SHARED, ChannelRules.Retention.QUARTER));
        environment.put("LOCI_BUDGET_TOTAL", "$5");
        environment.put("LOCI_MEMORY_RETENTION", "a year");
        assertThat(problems(null)).contains("Leave the $ away.", "one of forever, 365d, 180d, 90d, 30d, 7d, 1d");
    }

    @Test
    void a_retention_that_there_is_not_is_not_taken_for_a_shorter_one() {
        environment.put("LOCI_MEMORY_RETENTION", "31d");
        assertThat(problems(null)).contains("The next longer one is 90d.").doesNotContain("Did you mean");
        environment.put("LOCI_MEMORY_RETENTION", "2h");
        assertThat(problems(null)).contains("The next longer one is 1d.");
        environment.put("LOCI_MEMORY_RETENTION", "1000d");
        assertThat(problems(null)).contains("Nothing but forever is that long.");
        environment.put("LOCI_MEMORY_RETENTION", "for ever");
        assertThat(problems(null)).contains("Did you mean forever?");
    }

    @Test
    void pipes_are_not_waited_for() throws IOException, InterruptedException {
        Path personas = Files.createDirectory(home.resolve("personas"));
        for (Path pipe : List.of(home.resolve("pipe"), personas.resolve("x.md"))) {
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();
        }
        environment.put("LOCI_PERSONA", "pipe");
        environment.put("LOCI_PERSONAS", "personas");
        environment.put("LOCI_MODEL_CATALOG", "pipe");
        environment.put("DISCORD_TOKEN_FILE", "pipe");
        assertThat(problems("pipe"))
                .contains(
                        "\npipe: this is a pipe or a device, not a file",
                        "persona: \"pipe\": this is a pipe",
                        "personas: \"x.md\": this is a pipe",
                        "model.catalog: \"pipe\": this is a pipe",
                        "DISCORD_TOKEN_FILE: \"pipe\": this is a pipe");
    }

    @Test
    void a_wrong_name_does_not_hide_a_wrong_persona() {
        environment.put("LOCI_BOTNAME", "x".repeat(40));
        environment.put("LOCI_PERSONA", "nobody.md");
        environment.put("LOCI_PERSONAS", "nowhere");
        assertThat(problems(null))
                .contains("botName must be", "there is no file \"nobody.md\"", "\"nowhere\" is no directory");
    }

    @Test
    void personas_are_files_of_a_directory() throws IOException {
        Path directory = Files.createDirectory(home.resolve("personas"));
        environment.put("LOCI_PERSONAS", "personas");
        assertThat(problems(null)).contains("there are 0 files NAME.md in \"personas\"");
        Files.writeString(directory.resolve("pirate.md"), "You are {botName}, a pirate.\n");
        Files.writeString(directory.resolve("notes.txt"), "no persona");
        assertThat(accepted().personas()).containsOnlyKeys("pirate");
        assertThat(accepted().personas().firstEntry().getValue().text()).isEqualTo("You are loci, a pirate.");
        Files.writeString(directory.resolve("Sea Dog.md"), "You are a dog.");
        Files.writeString(directory.resolve("custom.md"), "You are a rule of your own.");
        Files.writeString(directory.resolve("empty.md"), "");
        assertThat(problems(null))
                .contains(
                        "no persona can be called \"Sea Dog\"", "called \"custom\"", "the file \"empty.md\" is empty");
        environment.put("LOCI_PERSONAS", "nowhere");
        assertThat(problems(null)).contains("\"nowhere\" is no directory that can be read");
    }

    @Test
    void one_table_says_who_may_run_what() {
        assertThat(accepted().permissions()).isEqualTo(new Permissions(Map.of()));
        environment.put("LOCI_PERMISSIONS_REMEMBER", "nobody");
        assertThat(accepted().permissions().allowed()).containsEntry(Action.REMEMBER, Permissions.Allowed.NOBODY);
        environment.put("LOCI_PERMISSIONS_FORGET", "all");
        assertThat(problems(null)).contains("one of everyone, admins, nobody");
    }

    @Test
    void data_defaults_to_the_systems_place() {
        environment.remove("LOCI_DATA");
        assertThat(accepted().data()).isEqualTo(home.resolve(".local/share/loci"));

        environment.put("XDG_DATA_HOME", home + "/xdg");
        assertThat(accepted().data()).isEqualTo(home.resolve("xdg/loci"));

        Surroundings mac = new Surroundings(Map.of(), home, home, true);
        assertThat(((Accepted) ConfigLoader.load(mac, null, Map.of())).config().data())
                .isEqualTo(home.resolve("Library/Application Support/loci"));
    }

    @Test
    void later_layers_win_key_by_key() throws IOException {
        file("loci.yaml", "memory:\n  windowTurns: 10\n  fanout: 3\nmodel: {name: in-file}\n");
        environment.put("LOCI_CONFIG", "loci.yaml");
        environment.put("LOCI_MEMORY_WINDOWTURNS", "8");
        options.put("model.name", new OptionValue("--model", "given"));

        LociConfig config = accepted();

        assertThat(config.memory().windowTurns()).isEqualTo(8);
        assertThat(config.memory().fanout()).isEqualTo(3);
        assertThat(config.memory().digestTokens()).isEqualTo(200);
        assertThat(config.model().name()).isEqualTo("given");
        assertThat(ConfigReport.of(config))
                .containsPattern("windowTurns: 8 +# LOCI_MEMORY_WINDOWTURNS\n")
                .containsPattern("fanout: 3 +# loci.yaml:3:3\n")
                .containsPattern("name: given +# --model\n")
                .containsPattern("compactAfterTurns: auto +# default; in effect: 8\n");
    }

    @Test
    void the_file_in_the_usual_place_is_read_if_it_is_there() throws IOException {
        file(".config/loci/loci.yaml", "botName: mnemosyne\npersona: me.txt\n");
        file(".config/loci/me.txt", "You are {botName}.\n");

        assertThat(accepted().botName()).isEqualTo("mnemosyne");
        assertThat(accepted().persona().text()).isEqualTo("You are mnemosyne.");
    }

    @Test
    void a_key_or_an_address_alone_connects_a_model() {
        environment.put("OPENAI_BASE_URL", "http://localhost:11434/v1");
        assertThat(accepted().model().provider()).isEqualTo(Provider.OPENAI);
        assertThat(accepted().model().baseUrl()).isEqualTo(URI.create("http://localhost:11434/v1"));
        assertThat(accepted().model().apiKey()).isNull();

        environment.put("LOCI_MODEL_BASEURL", "http://localhost:8000/v1");
        assertThat(accepted().model().baseUrl()).hasPort(8000);

        environment.put("LOCI_MODEL_PROVIDER", "offline");
        assertThat(accepted().model().provider()).isEqualTo(Provider.OFFLINE);
    }

    @Test
    void a_password_in_an_address_is_refused_and_does_not_show() {
        environment.put("OPENAI_BASE_URL", "http://user:swordfish@localhost:8000/v1");
        assertThat(problems(null))
                .contains("Take the name and password out of it")
                .doesNotContain("swordfish");
    }

    @Test
    void secrets_come_from_the_environment_or_a_file_and_never_show() throws IOException {
        environment.put("OPENAI_API_KEY", "sk-very-secret ");
        file("password", "hush\r\n");
        environment.put("LOCI_DATABASE_PASSWORD_FILE", "password");

        LociConfig config = accepted();

        assertThat(config.model().apiKey())
                .isNotNull()
                .extracting(Secret::reveal)
                .isEqualTo("sk-very-secret");
        assertThat(config.database().password())
                .isNotNull()
                .extracting(Secret::reveal)
                .isEqualTo("hush");
        assertThat(config.toString()).doesNotContain("very-secret").doesNotContain("hush");
        assertThat(ConfigReport.of(config))
                .contains("OPENAI_API_KEY: set (from OPENAI_API_KEY)")
                .contains("LOCI_DATABASE_PASSWORD: set (from LOCI_DATABASE_PASSWORD_FILE)")
                .contains("SLACK_BOT_TOKEN: not set")
                .doesNotContain("very-secret");
    }

    @Test
    void the_report_is_a_configuration_file() throws IOException {
        file("one.yaml", "botName: 'a: #b'\nmemory: {compactAfterTurns: 8, keepTurns: 2}\nmodel: {temperature: 0}\n");
        LociConfig first = accepted("one.yaml");
        file("two.yaml", ConfigReport.of(first));

        LociConfig second = accepted("two.yaml");

        assertThat(second.memory()).isEqualTo(first.memory());
        assertThat(second.model()).isEqualTo(first.model());
        assertThat(second.botName()).isEqualTo("a: #b");
    }

    @Test
    void the_launchers_own_variables_are_no_keys() {
        environment.put("LOCI_JAVA_HOME", "/jdk");
        environment.put("LOCI_JAVA_OPTS", "-Xmx1g");
        environment.put("LOCI_MODEL_NAME", "");

        assertThat(accepted().model().name()).isEqualTo("gpt-4o-mini");
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_and_nothing_is_created() throws IOException {
        file("bad.yaml", """
            memory:
              windowTurn: 24
              fanout: many
              digestTokens: 10
              strategy: hibrid
            windowTurns: 5
            model:
              deadline: 10
              temperature: 3,5
              baseUrl: localhost:11434
              apiKey: sk-abcdefghijklmnop
              name: [a, b]
              name: other
            database: on
            persona: nobody.md
            colour: blue
            """);
        environment.put("LOCI_MEMORY_WINDOW_TURN", "8");
        environment.put("LOCI_MEMORY_KEEPTURNS", "24");
        environment.put("SLACK_BOT_TOKEN", "xoxb-1");
        environment.put("SLACK_BOT_TOKEN_FILE", "token");
        environment.put("DISCORD_TOKEN_FILE", "nowhere");

        assertThat(problems("bad.yaml")).isEqualTo("""
            loci: the configuration has 18 problems; nothing was started.

            bad.yaml:2:3: there is no key memory.windowTurn
                Did you mean memory.windowTurns?

            bad.yaml:3:3: memory.fanout must be a whole number from 2 to 64, but "many" was found
                Correct the value, or remove it to get the default.

            bad.yaml:4:3: memory.digestTokens must be a whole number from 20 to 4,000, but "10" was found
                Correct the value, or remove it to get the default.

            bad.yaml:5:3: memory.strategy must be one of hybrid, summary, window, trim, full, none, but "hibrid" was found
                Did you mean hybrid?

            bad.yaml:6:1: there is no key windowTurns
                Did you mean memory.windowTurns?

            bad.yaml:8:3: model.deadline must be a duration from 10ms to 2h, but "10" was found
                Write the unit too: 10ms, 10s, 10m or 10h.

            bad.yaml:9:3: model.temperature must be a number from 0.0 to 2.0, or empty for the provider's default, but "3,5" was found
                Write the decimal point as a point.

            bad.yaml:10:3: model.baseUrl must be an address such as http://localhost:11434/v1, or empty for OpenAI's own, but "localhost:11434" was found
                Begin it with http:// or https://.

            bad.yaml:11:3: model.apiKey looks like a secret, and secrets are not read from this file
                Remove it here, and set OPENAI_API_KEY in the environment instead.

            bad.yaml:12:3: model.name must be a single value, but a list was found
                Write one value.

            bad.yaml:13:3: model.name is written twice, first in line 12
                Keep one of them.

            bad.yaml:14:1: database is a group of keys, but "on" was found
                Write the keys below it, indented, such as database.encryption.

            bad.yaml:15:1: persona: there is no file "nobody.md"
                Check its name; a relative one is looked for beside the file it is written in.

            bad.yaml:16:1: there is no key colour
                Remove it; loci config --keys lists the keys there are.

            LOCI_MEMORY_WINDOW_TURN: there is no key that this variable sets
                Did you mean LOCI_MEMORY_WINDOWTURNS?

            DISCORD_TOKEN_FILE: there is no file "nowhere"
                Check its name.

            SLACK_BOT_TOKEN_FILE: both this and SLACK_BOT_TOKEN are set
                Unset one of them.

            LOCI_MEMORY_KEEPTURNS: memory.keepTurns (24) is not less than memory.compactAfterTurns (24), so condensing would leave nothing to condense
                Lower memory.keepTurns to at most 23, or raise the other.
            """);
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void a_proxy_for_discord_is_named_whole() throws IOException {
        file("bad.yaml", """
            discord:
              apiUrl: https://proxy.example.org/api/v10
            """);
        assertThat(problems("bad.yaml")).isEqualTo("""
            loci: the configuration has a problem; nothing was started.

            bad.yaml:2:3: discord.apiUrl is set, but discord.gatewayUrl is not, so the bot's token would go to Discord's own server too
                Set discord.gatewayUrl too, or remove discord.apiUrl.
            """);
        file("bad.yaml", """
            discord:
              gatewayUrl: wss://proxy.example.org
            """);
        assertThat(problems("bad.yaml")).contains("discord.gatewayUrl is set, but discord.apiUrl is not");
    }

    @Test
    void slack_is_as_it_is_written() throws IOException {
        assertThat(accepted().slack())
                .isEqualTo(new LociConfig.Slack(
                        null, true, null, Duration.ofHours(1), "/forget", "/summary", "/loci", null));
        file("loci.yaml", """
            slack:
              mode: http
              httpAddress: 0.0.0.0
              httpPort: 8080
              replyInThread: off
              adminChannel: C0123456789
              answerMissed: 0s
              forgetCommand: /loci-forget
              apiUrl: https://slack-gov.com/api
            """);
        environment.put("LOCI_CONFIG", "loci.yaml");
        assertThat(accepted().slack())
                .isEqualTo(new LociConfig.Slack(
                        new LociConfig.Slack.Http("0.0.0.0", 8080),
                        false,
                        "C0123456789",
                        Duration.ZERO,
                        "/loci-forget",
                        "/summary",
                        "/loci",
                        URI.create("https://slack-gov.com/api")));
    }

    @Test
    void a_secret_of_slack_in_the_place_of_another_is_seen_before_slack_is_asked() throws IOException {
        environment.put("SLACK_BOT_TOKEN", "xapp-1-A");
        environment.put("SLACK_APP_TOKEN", "xoxe.xoxb-1");
        environment.put("SLACK_SIGNING_SECRET", "xoxp-1");
        file("bad.yaml", """
            slack:
              summaryCommand: /forget
            """);
        assertThat(problems("bad.yaml")).isEqualTo("""
            loci: the configuration has 4 problems; nothing was started.

            bad.yaml:2:3: slack.forgetCommand and slack.summaryCommand are both /forget
                Give one of them another name, here and in the app's settings.

            SLACK_BOT_TOKEN: the bot's token on Slack begins with xoxb-, but this is an app-level token (SLACK_APP_TOKEN)
                Copy the Bot User OAuth Token, under Install App in the app's settings.

            SLACK_APP_TOKEN: an app-level token of Slack begins with xapp-, but this is one that expires: switch token rotation off
                Generate one with the scope connections:write, under Basic Information in the app's settings.

            SLACK_SIGNING_SECRET: Slack's signing secret is no token, but this is a person's token
                Copy the Signing Secret, under Basic Information in the app's settings.
            """);
    }

    @Test
    void impossible_combinations_are_explained_with_both_values() throws IOException {
        file("bad.yaml", """
            model:
              provider: openai
              contextWindow: 4096
              maxReplyTokens: 5000
            memory:
              windowTurns: 8
              compactAfterTurns: 9
              keepTurns: 9
              promptTokens: 300
              digestTokens: 300
            """);

        assertThat(problems("bad.yaml")).isEqualTo("""
            loci: the configuration has 5 problems; nothing was started.

            bad.yaml:2:3: model.provider is openai, but there is neither a key nor an address
                Set OPENAI_API_KEY, or model.baseUrl for a server that wants no key, or use provider offline.

            bad.yaml:4:3: model.maxReplyTokens (5000) leaves no room for a prompt in model.contextWindow (4096)
                Lower model.maxReplyTokens, to a quarter of the window for example.

            bad.yaml:7:3: memory.compactAfterTurns (9) is more than memory.windowTurns (8), so turns would leave the window before they are condensed
                Raise memory.windowTurns to at least 9, or lower the other.

            bad.yaml:8:3: memory.keepTurns (9) is not less than memory.compactAfterTurns (9), so condensing would leave nothing to condense
                Lower memory.keepTurns to at most 8, or raise the other.

            bad.yaml:10:3: one digest (memory.digestTokens, 300) would fill the whole prompt (memory.promptTokens, 300)
                Lower memory.digestTokens, or raise memory.promptTokens.
            """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        memory:\\n\\tfanout: 4                      | f.yaml:2:1: a tab was found where YAML wants spaces
        memory:\\n  fanout: 'x                      | f.yaml:2:13: the YAML is malformed (found unexpected end of stream)
        - a                                         | f.yaml:1:1: keys were expected, but a list was found
        just text                                   | f.yaml:1:1: keys were expected, but a single value was found
        botName: a\\n---\\nbotName: b               | f.yaml:3:1: a second document begins
        botName: &a x\\npersona: *a                 | f.yaml:2:1: persona uses an anchor or alias (& or *)
        ~\\n  \\n~                                  | f.yaml: the file is empty
        botName: a\\nbotName: b                     | f.yaml:2:1: botName is written twice, first in line 1
        memory: 3                                   | f.yaml:1:1: memory is a group of keys, but "3" was found
        botName: {a: b}                             | f.yaml:1:1: botName must be a single value, but a group of keys was found
        """)
    void the_form_of_a_file_is_checked(String text, String expected) throws IOException {
        file("f.yaml", text.replace("\\n", "\n").replace("\\t", "\t"));

        assertThat(problems("f.yaml")).contains("\n" + expected);
    }

    @Test
    void files_that_are_no_text_are_refused() throws IOException {
        Files.write(home.resolve("latin.yaml"), "a: 1\nbotName: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problems("latin.yaml")).contains("\nlatin.yaml:2:13: the file is not UTF-8 text\n");

        Files.write(home.resolve("huge.yaml"), new byte[300_000]);
        assertThat(problems("huge.yaml")).contains("\nhuge.yaml: the file is larger than 256 KiB\n");

        Files.createDirectory(home.resolve("folder"));
        assertThat(problems("folder")).contains("\nfolder: this is a directory, not a file\n");

        assertThat(problems("missing.yaml")).contains("\n--config: there is no file \"missing.yaml\"\n");
    }

    @Test
    void a_file_of_comments_is_all_defaults() throws IOException {
        file("f.yaml", "# memory:\n#   fanout: 4\n");

        assertThat(accepted("f.yaml").memory().fanout()).isEqualTo(4);
    }

    @Test
    void data_must_be_a_place_to_write() throws IOException {
        file("occupied", "x");
        environment.put("LOCI_DATA", "occupied/deeper");

        assertThat(problems(null)).contains("\nLOCI_DATA: data: " + home.resolve("occupied") + " is not a directory\n");
    }

    private LociConfig accepted() {
        return accepted(null);
    }

    private LociConfig accepted(@Nullable String file) {
        return switch (load(file)) {
            case Accepted(LociConfig config) -> config;
            case Refused(List<Problem> problems) -> throw new AssertionError(Problem.describe(problems));
        };
    }

    private String problems(@Nullable String file) {
        return switch (load(file)) {
            case Accepted(LociConfig config) -> throw new AssertionError("accepted: " + config);
            case Refused(List<Problem> problems) -> Problem.describe(problems);
        };
    }

    private Loaded load(@Nullable String file) {
        return ConfigLoader.load(new Surroundings(environment, home, home, false), file, options);
    }

    private void file(String name, String text) throws IOException {
        Path path = home.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
