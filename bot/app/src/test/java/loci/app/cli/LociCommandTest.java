package loci.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import loci.app.config.Surroundings;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatPlatform;
import loci.chat.ConversationId;
import loci.chat.Inbox;
import loci.chat.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line from its arguments to its exit code; the bot is an echo. */
class LociCommandTest {

    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private ChatRunner runner = (config, platform) -> {
        platform.start(event -> echo(platform, (MessagePosted) event));
        return new ChatRunner.Running(new Echo());
    };

    @Test
    void without_a_command_it_chats_and_standard_output_holds_only_answers() {
        assertThat(run("hello\n")).isZero();

        assertThat(text(out)).isEqualTo("hello\n\n");
        assertThat(text(err)).contains("it is not a language model").contains("OPENAI_API_KEY");
    }

    @Test
    void options_of_chat_need_no_command() {
        assertThat(run("hello\n", "--as", "ada", "--channel", "lab", "--offline"))
                .isZero();
        assertThat(text(out)).isEqualTo("hello\n\n");
    }

    @Test
    void what_is_not_understood_is_one_sentence_and_exit_code_2() {
        assertThat(run("", "--chanel", "lab")).isEqualTo(2);
        assertThat(run("", "chatt")).isEqualTo(2);
        assertThat(run("", "chat", "--as")).isEqualTo(2);
        assertThat(run("", "chat", "--as", " ")).isEqualTo(2);

        assertThat(text(out)).isEmpty();
        assertThat(text(err)).isEqualTo("""
            loci: there is no option --chanel; did you mean --channel? (loci chat --help says what there is)
            loci: there is no command chatt; did you mean chat or check? (loci --help says what there is)
            loci: Missing required parameter for option '--as' (NAME) (loci chat --help says what there is)
            loci: --as needs a name of at most 200 characters on one line
            """);
    }

    @Test
    void a_wrong_configuration_starts_nothing() {
        runner = (config, platform) -> {
            throw new AssertionError("started");
        };
        assertThat(run("", "--config", "nowhere.yaml")).isEqualTo(2);
        assertThat(run("", "config", "--config", "nowhere.yaml")).isEqualTo(2);

        assertThat(text(out)).isEmpty();
        assertThat(text(err)).contains("there is no file \"nowhere.yaml\"");
    }

    @Test
    void what_cannot_run_says_why() {
        runner = (config, platform) -> new ChatRunner.Refused("another process has the database");

        assertThat(run("hello\n")).isEqualTo(1);
        assertThat(text(err)).endsWith("loci: another process has the database\n");
    }

    @Test
    void a_bug_is_one_sentence() {
        runner = (config, platform) -> {
            throw new IllegalStateException("two at once");
        };
        assertThat(run("hello\n")).isEqualTo(1);
        assertThat(text(err))
                .endsWith("loci: something went wrong that should not have (IllegalStateException: two at once);"
                        + " LOCI_LOG_LEVEL=debug shows where\n");
    }

    @Test
    void a_program_that_lacks_a_part_of_itself_ends_with_one_sentence() {
        runner = (config, platform) -> {
            throw new NoClassDefFoundError("org/example/Socket");
        };
        assertThat(run("hello\n")).isEqualTo(1);
        assertThat(text(err))
                .endsWith("loci: something went wrong that should not have (NoClassDefFoundError: org/example/Socket);"
                        + " LOCI_LOG_LEVEL=debug shows where\n");
    }

    @Test
    void help_version_and_configuration_go_to_standard_output() {
        assertThat(run("", "--help")).isZero();
        assertThat(run("", "--version")).isZero();
        assertThat(run("", "config")).isZero();
        assertThat(run("", "config", "--keys")).isZero();

        assertThat(text(out))
                .contains("Usage: loci", "loci (development)", "strategy: hybrid", "LOCI_MEMORY_WINDOWTURNS");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void a_shell_can_complete_every_command() {
        assertThat(run("", "completion")).isZero();

        assertThat(text(out))
                .contains("complete -F _complete_loci", "conversations", "'--stuck'", "export", "'--place'", "check")
                .doesNotContain("\u001b");
        assertThat(text(err)).isEmpty();
    }

    private static Inbox.Acceptance echo(ChatPlatform platform, MessagePosted posted) {
        platform.deliver(new Reply(
                "key", posted.conversation(), posted.message(), posted.author(), posted.text(), Reply.Kind.ANSWER));
        return Inbox.Acceptance.ACCEPTED;
    }

    private int run(String input, String... arguments) {
        Surroundings surroundings = new Surroundings(Map.of(), home, home, false);
        Streams streams = new Streams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return LociCommand.run(List.of(arguments), surroundings, streams, Nobody.butChat(runner));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    private record Echo() implements ChatRunner.Bot {

        @Override
        public Map<String, String> commands() {
            return Map.of();
        }

        @Override
        public List<String> lastSaid(ConversationId conversation, String authorId) {
            return List.of();
        }

        @Override
        public void finish() {}

        @Override
        public void close() {}
    }
}
