package loci.openai;

import static loci.openai.Behaviours.body;
import static loci.openai.Behaviours.error;
import static loci.openai.Behaviours.rawAfter;
import static loci.openai.Behaviours.stall;
import static loci.openai.Behaviours.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Unavailable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The key, and what people and models write, appear in nothing that an operator or a log sees. */
class SecrecyTest {

    private static final String KEY = "sk-live-Zq81";
    private static final String WORDS = "my password is hunter2";
    private static final String REPLY = "so it is hunter2";

    @Test
    void neitherKeyNorWordsAreInAnyDetailOrLogOrOutput() {
        String echo = "Incorrect key " + KEY + " for " + WORDS;
        List<Behaviour> failures = List.of(
                error(401, KEY, KEY, echo),
                error(400, WORDS, "c", echo),
                error(404, "t", WORDS, echo),
                error(429, "t", "insufficient_quota", echo),
                error(500, "t", KEY, echo),
                body(200, Map.of("Content-Type", "text/html"), echo),
                body(503, Map.of("x-request-id", KEY), echo),
                rawAfter(REPLY, "data: {\"error\":{\"message\":\"" + echo + "\",\"code\":\"" + KEY + "\"}}\n\n"),
                rawAfter(REPLY, "data: {\"broken " + echo + "\n\n"),
                stall(),
                text(REPLY));
        List<String> told = new ArrayList<>();
        String printed = withOutputCaught(told, () -> {
            for (Behaviour failure : failures) {
                try (Asking asking = Asking.of(
                        OpenAiServer.start().always(failure),
                        waits -> waits.key(KEY).retries(0).read(300))) {
                    ModelOutcome outcome = asking.ask(WORDS).outcome();
                    told.add(outcome instanceof Unavailable failed ? failed.detail() : "");
                    told.add(asking.model.toString());
                    assertThat(asking.server.lastRequest().headers()).containsEntry("authorization", "Bearer " + KEY);
                }
            }
        });
        assertThat(told).hasSizeGreaterThanOrEqualTo(2 * failures.size());
        for (String line : told) {
            assertThat(line).doesNotContain(KEY, "hunter2", "password");
        }
        assertThat(printed).doesNotContain(KEY, "hunter2");
    }

    @Test
    void settingsShowThatThereIsAKeyAndNotWhich() {
        assertThat(OpenAiSettings.of("http://localhost:1/v1", KEY).toString())
                .contains("apiKey=given", "http://localhost:1/v1")
                .doesNotContain(KEY);
    }

    @Test
    void settingsThatCannotBeAreRefusedWithoutBeingQuoted() {
        for (String url : List.of("ftp://h/v1", "http://ada:" + KEY + "@h/v1", KEY, "http://h/#" + KEY)) {
            assertThatThrownBy(() -> OpenAiSettings.of(url, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(KEY);
        }
        assertThatThrownBy(() -> OpenAiSettings.of(null, "sk-a\nb")).hasMessageNotContaining("sk-a");
        assertThat(OpenAiSettings.of("http://my_ollama:11434/v1", null).baseUrl())
                .isNotNull();
        assertThat(OpenAiSettings.of(" ", KEY + "\n").apiKey()).isEqualTo(KEY);
    }

    /** Runs with every logger at its most talkative, and with both output streams caught. */
    private static String withOutputCaught(List<String> logged, Runnable action) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Level before = root.getLevel();
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream caught = new PrintStream(printed, true, StandardCharsets.UTF_8);
        lines.start();
        root.setLevel(Level.TRACE);
        root.addAppender(lines);
        System.setOut(caught);
        System.setErr(caught);
        try {
            action.run();
        } finally {
            System.setOut(out);
            System.setErr(err);
            root.detachAppender(lines);
            root.setLevel(before);
        }
        lines.list.forEach(event -> logged.add(event.getFormattedMessage()));
        return printed.toString(StandardCharsets.UTF_8);
    }
}
