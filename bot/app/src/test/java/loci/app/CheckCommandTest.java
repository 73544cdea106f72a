package loci.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import loci.memory.ConversationStore;
import loci.openai.Behaviours;
import loci.openai.OpenAiServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is configured is tried: a real database, and a server that plays the model. */
class CheckCommandTest {

    private static final String KEY = "sk-test-0123456789abcdefghijABCDEFGHIJ";

    @TempDir
    private Path home;

    private Commanded loci;

    @BeforeEach
    void aHome() {
        loci = new Commanded(home);
    }

    @Test
    void offline_nothing_is_wrong_and_nothing_is_made() {
        assertThat(loci.run("check")).isZero();
        assertThat(loci.out())
                .contains("configuration  ok    ", "database       none  it is made at the first start in ")
                .contains("model          none  no language model is connected");
        assertThat(loci.data()).doesNotExist();
        assertThat(loci.err()).isEmpty();
    }

    @Test
    void the_database_opens_or_a_running_bot_has_it() {
        try (ConversationStore running = loci.store()) {
            assertThat(running.conversations()).isEmpty();
            assertThat(loci.run("check")).isZero();
            assertThat(loci.out()).contains("database       in use  a running bot has it: " + loci.data());
        }
        assertThat(loci.run("check")).isZero();
        assertThat(loci.out())
                .containsPattern("database +ok +" + loci.data() + ", not encrypted, 0\\.\\d MB, 0 conversations");
    }

    @Test
    void a_database_that_does_not_open_is_a_failure() {
        loci.store().close();

        assertThat(loci.with("LOCI_DATABASE_ENCRYPTION", "on").run("check")).isEqualTo(1);
        assertThat(loci.out()).containsPattern("database +FAILED +The database .* is not encrypted, but");
    }

    @Test
    void models_are_asked_for_a_word() {
        try (OpenAiServer server = OpenAiServer.start()) {
            loci.with("OPENAI_BASE_URL", server.baseUrl())
                    .with("LOCI_MODEL_NAME", "gpt-4o-mini")
                    .with("LOCI_SUMMARY_MODEL", "gpt-4.1-nano");
            assertThat(loci.run("check")).isZero();
            assertThat(loci.out())
                    .containsPattern("model +ok +gpt-4o-mini at 127\\.0\\.0\\.1:\\d+ answered in [\\d,]+ ms")
                    .containsPattern("summaries +ok +gpt-4\\.1-nano at ");
        }
    }

    @Test
    void a_model_that_refuses_is_told_in_one_line_and_the_key_nowhere() {
        try (OpenAiServer server = OpenAiServer.start().wantsKey("another")) {
            loci.with("OPENAI_BASE_URL", server.baseUrl()).with("OPENAI_API_KEY", KEY);
            assertThat(loci.run("check")).isEqualTo(1);
            assertThat(loci.out()).containsPattern("model +FAILED .*the server does not accept the key");
            assertThat(loci.out() + loci.err()).doesNotContain(KEY);
        }
        try (OpenAiServer server = OpenAiServer.start()
                .always(Behaviours.error(404, "invalid_request_error", "model_not_found", "No such model."))) {
            assertThat(loci.with("OPENAI_BASE_URL", server.baseUrl()).run("check"))
                    .isEqualTo(1);
            assertThat(loci.out()).contains("the server knows no such model", "model_not_found");
        }
        assertThat(loci.run("check")).isEqualTo(1);
        assertThat(loci.out()).contains("the server's address accepts no connection");
    }

    @Test
    void a_wrong_configuration_is_told_as_ever_and_nothing_is_tried() {
        assertThat(loci.with("LOCI_MEMORY_FANOUT", "many").run("check")).isEqualTo(1);
        assertThat(loci.out()).isEmpty();
        assertThat(loci.err()).contains("LOCI_MEMORY_FANOUT");
    }
}
