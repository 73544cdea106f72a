package loci.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.StopRequested;
import loci.chat.CommandAnswer;
import loci.chat.CommandAnswer.Confirmation;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.chat.ReplyPlace;
import loci.console.ConsolePlatform.Ending;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person at JLine's own terminal without a window: keys in, what is shown out. */
@Timeout(60)
class TerminalConsoleTest {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-01T12:00:00Z"));
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";

    private final ScriptedInbox engine = new ScriptedInbox();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PipedOutputStream keys = new PipedOutputStream();
    private final Terminal terminal;
    private final ConsolePlatform console;

    TerminalConsoleTest() throws IOException {
        terminal = new DumbTerminal("test", "ansi", new PipedInputStream(keys, 65_536), out, StandardCharsets.UTF_8);
        console = console();
    }

    private ConsolePlatform console() {
        ConsoleSetup setup = new ConsoleSetup("ada", "lab", "loci", NOON, new TimeOrderedIds(NOON, new Random(7)));
        return new TerminalConsole(setup, terminal, false);
    }

    @BeforeEach
    void begin() {
        terminal.setSize(Size.of(80, 24));
        engine.on(console);
    }

    @AfterEach
    void stop() {
        console.close();
        engine.close();
    }

    @Test
    void a_line_is_answered_and_ctrl_d_leaves() throws IOException {
        type("it's \"quoted\n", CTRL_D);

        assertThat(console.converse()).isEqualTo(Ending.FINISHED);
        assertThat(shown()).contains("#lab ada>").contains("loci: heard: it's \"quoted\n");
    }

    @Test
    void a_dumb_terminal_does_too() throws IOException {
        PipedOutputStream typed = new PipedOutputStream();
        Terminal dumb = new DumbTerminal("test", "dumb", new PipedInputStream(typed), out, StandardCharsets.UTF_8);
        ConsoleSetup setup = new ConsoleSetup("ada", "lab", "loci", NOON, new TimeOrderedIds(NOON, new Random(7)));
        ConsolePlatform plain = new TerminalConsole(setup, dumb, false);
        engine.on(plain);
        typed.write(("hi\n" + CTRL_D).getBytes(StandardCharsets.UTF_8));

        assertThat(plain.converse()).isEqualTo(Ending.FINISHED);
        assertThat(shown()).contains("loci: heard: hi\n").doesNotContain("\u001b");
        plain.close();
    }

    private static ReplyPlace placeOf(MessagePosted posted) {
        return new ReplyPlace("k", posted.conversation(), posted.message(), List.of());
    }

    @Test
    void an_answer_grows_on_the_screen() throws IOException {
        engine.replying(posted -> {
            for (String beginning : List.of("", "one", "one two")) {
                engine.platform().progress(placeOf(posted), beginning);
            }
            return Optional.of("one two three\u001b[2J");
        });
        type("count\n", CTRL_D);

        console.converse();

        assertThat(shown())
                .contains("loci: one two three\n")
                .doesNotContain("one one")
                .doesNotContain("\u001b[2J");
    }

    @Test
    void an_answer_that_had_to_be_begun_again_is_begun_again_below() throws IOException {
        engine.replying(posted -> {
            engine.platform().progress(placeOf(posted), "wrong be");
            return Optional.of("right");
        });
        type("x\n", CTRL_D);

        console.converse();

        assertThat(shown()).contains("loci: wrong …\nloci: right\n");
    }

    @Test
    void a_command_that_asks_is_answered_in_place() throws IOException {
        engine.answering(event -> event instanceof ConfirmationGiven
                ? CommandAnswer.of("forgotten")
                : new CommandAnswer("Sure?", new Confirmation("t", "Forget 2 messages")));
        type("/forget here\n", "no\n", "/forget here\n", "yes\n", CTRL_D);

        console.converse();

        assertThat(shown())
                .contains("Forget 2 messages? [yes/no]")
                .contains("nothing was done")
                .contains("loci: forgotten\n");
        assertThat(engine.events()).hasSize(3);
        assertThat(engine.events().getLast()).isInstanceOf(ConfirmationGiven.class);
    }

    @Test
    void ctrl_c_stops_the_answer_and_a_second_one_leaves() throws IOException {
        engine.replying(posted -> {
            terminal.raise(Terminal.Signal.INT);
            terminal.raise(Terminal.Signal.INT);
            return Optional.empty();
        });
        type("go on for ever\n");

        assertThat(console.converse()).isEqualTo(Ending.FINISHED);
    }

    @Test
    void a_stop_names_the_conversation_of_the_question() throws IOException {
        engine.replying(posted -> {
            terminal.raise(Terminal.Signal.INT);
            while (engine.events().stream().noneMatch(StopRequested.class::isInstance)) {
                Thread.onSpinWait();
            }
            return Optional.of("stopped");
        });
        type("go on\n", CTRL_D);

        console.converse();

        ChatEvent stop = engine.events().getLast();
        assertThat(stop).isInstanceOf(StopRequested.class);
        assertThat(stop.conversation()).hasToString("console/local/lab");
    }

    @Test
    void ctrl_c_at_the_prompt_leaves_only_when_pressed_twice() throws IOException {
        typeAtEachPrompt(CTRL_C, "hi\n", CTRL_C, CTRL_C);

        assertThat(console.converse()).isEqualTo(Ending.FINISHED);
        assertThat(engine.events()).hasSize(1);
        assertThat(shown()).contains("(Ctrl-C again, or Ctrl-D, to leave)");
    }

    @Test
    void tab_completes_commands() throws IOException {
        console.offer(Map.of("forget", "/forget here", "summary", "/summary"));
        type("/sum\there\n", CTRL_D);

        console.converse();

        assertThat(engine.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        CommandInvoked.class,
                        command -> assertThat(command.name() + " " + command.arguments())
                                .isEqualTo("summary here"));
    }

    @Test
    void the_up_arrow_brings_back_what_was_said_until_something_is_forgotten() throws IOException {
        console.seedHistory(List.of("said yesterday"));
        String up = "\u0010";
        type(up + "\n", "/forget here --yes\n", up + "fresh\n", CTRL_D);

        console.converse();

        assertThat(engine.events())
                .filteredOn(MessagePosted.class::isInstance)
                .extracting(event -> ((MessagePosted) event).text())
                .containsExactly("said yesterday", "fresh");
    }

    @Test
    void an_answer_to_an_earlier_run_says_so() throws IOException {
        engine.replying(posted -> {
            MessagePosted earlier = new MessagePosted(
                    posted.event(),
                    posted.conversation(),
                    new MessageRef("m-1"),
                    posted.author(),
                    "before",
                    NOON.instant(),
                    true);
            Reply late = engine.reply(earlier, "late");
            engine.deliver(late);
            engine.deliver(late);
            return Optional.of("now");
        });
        type("hi\n", CTRL_D);

        console.converse();

        assertThat(shown()).containsOnlyOnce("(answer to an earlier message of ada in #lab)\nloci: late\n");
    }

    @Test
    void a_narrow_window_has_a_short_prompt() throws IOException {
        terminal.setSize(Size.of(20, 5));
        type("hi\n", CTRL_D);

        console.converse();

        assertThat(shown()).doesNotContain("#lab").contains("> ");
    }

    private void type(String... input) throws IOException {
        for (String part : input) {
            keys.write(part.getBytes(StandardCharsets.UTF_8));
        }
        keys.flush();
    }

    /** As a person and the terminal's driver do: Ctrl-C is a signal, and throws away what was typed before. */
    private void typeAtEachPrompt(String... input) {
        Thread.ofPlatform().daemon().start(() -> {
            for (int line = 0; line < input.length; line++) {
                while (shown().split("#lab ada> ", -1).length - 1 <= line) {
                    Thread.onSpinWait();
                }
                try {
                    if (input[line].equals(CTRL_C)) {
                        terminal.raise(Terminal.Signal.INT);
                    } else {
                        type(input[line]);
                    }
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8).replace("\r", "");
    }
}
