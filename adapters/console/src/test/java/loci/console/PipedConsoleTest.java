package loci.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import loci.chat.Author;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.CommandAnswer;
import loci.chat.CommandAnswer.Confirmation;
import loci.chat.ConversationId;
import loci.chat.Delivery;
import loci.chat.Inbox;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.console.ConsolePlatform.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract with other programs, line by line. */
@Timeout(60)
class PipedConsoleTest {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-01T12:00:00Z"));

    private final ScriptedInbox engine = new ScriptedInbox();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void each_line_is_a_message_and_each_answer_a_block() {
        assertThat(chat("hello\n\n   \nhow are you?\n")).isEqualTo(Ending.FINISHED);

        assertThat(printed()).isEqualTo("heard: hello\n\nheard: how are you?\n\n");
        assertThat(engine.events()).hasSize(2).allSatisfy(event -> {
            assertThat(event.conversation()).hasToString("console/local/lab");
            assertThat(event.at()).isEqualTo(NOON.instant());
            assertThat(((MessagePosted) event).addressed()).isTrue();
            assertThat(((MessagePosted) event).author()).isEqualTo(new Author("ada", "ada"));
        });
        assertThat(notes).isEmpty();
    }

    @Test
    void the_next_line_is_read_only_after_the_answer() {
        engine.meanwhile(() -> assertThat(engine.events()).hasSize(printed().split("\n\n", -1).length));

        chat("one\ntwo\nthree\n");

        assertThat(printed()).isEqualTo("heard: one\n\nheard: two\n\nheard: three\n\n");
    }

    @Test
    void an_empty_line_always_ends_a_block() {
        engine.replying(posted -> Optional.of("\n\nfirst\n\n\r\n  \nsecond \u2028third\n\n \n"));

        chat("x\n");

        assertThat(printed()).isEqualTo("first\n \n \n \nsecond \nthird\n\n");
    }

    @Test
    void an_answer_without_anything_printable_is_still_a_block() {
        engine.replying(posted -> Optional.of("\u001b[2J"));

        chat("x\n");

        assertThat(printed()).isEqualTo("(nothing that can be printed)\n\n");
    }

    @Test
    void as_and_channel_hold_for_what_follows_and_print_no_block() {
        chat("/as bob\n/channel #den\nhi\n/as @ada\nhi\n");

        assertThat(printed()).isEqualTo("heard: hi\n\nheard: hi\n\n");
        assertThat(notes).containsExactly("loci: now bob in #lab", "loci: now bob in #den", "loci: now ada in #den");
        assertThat(engine.events())
                .extracting(event -> ((MessagePosted) event).author().id() + " " + event.conversation())
                .containsExactly("bob console/local/den", "ada console/local/den");
    }

    @Test
    void a_move_to_nowhere_stops_before_anything_goes_astray() {
        assertThat(chat("/channel\na secret for elsewhere\n")).isEqualTo(Ending.MISUSED);

        assertThat(engine.events()).isEmpty();
        assertThat(notes).containsExactly("loci: /channel needs a name of at most 200 characters; stopped there");
    }

    @Test
    void a_command_gives_one_block() {
        chat("/Forget  last 3 \n/\n");

        assertThat(engine.events())
                .extracting(event -> ((CommandInvoked) event).name() + "|" + ((CommandInvoked) event).arguments())
                .containsExactly("forget|last 3", "help|");
        assertThat(printed()).isEqualTo("done\n\ndone\n\n");
    }

    @Test
    void two_slashes_say_something_that_starts_with_one() {
        chat("//etc/hosts is a file\n");

        assertThat(printed()).isEqualTo("heard: /etc/hosts is a file\n\n");
    }

    @Test
    void yes_confirms_what_a_command_asked() {
        engine.answering(this::askFirst);

        chat("/forget here\n YES \n");

        assertThat(engine.events().get(1)).isInstanceOfSatisfying(ConfirmationGiven.class, given -> {
            assertThat(given.token()).isEqualTo("t-1");
            assertThat(given.author().id()).isEqualTo("ada");
        });
        assertThat(printed()).isEqualTo("Forget 2 messages?\n\nforgotten\n\n");
    }

    @Test
    void anything_else_leaves_it_and_is_taken_for_itself() {
        engine.answering(this::askFirst);

        chat("/forget here\n\nno\nyes\n");

        assertThat(engine.events()).hasSize(3).noneMatch(ConfirmationGiven.class::isInstance);
        assertThat(printed()).isEqualTo("Forget 2 messages?\n\nheard: no\n\nheard: yes\n\n");
        assertThat(notes).containsExactly("loci: not confirmed, so nothing was done: Forget 2 messages");
    }

    private CommandAnswer askFirst(ChatEvent event) {
        return event instanceof ConfirmationGiven
                ? CommandAnswer.of("forgotten")
                : new CommandAnswer("Forget 2 messages?", new Confirmation("t-1", "Forget 2 messages"));
    }

    @Test
    void an_answer_to_an_earlier_run_is_a_block_with_a_note() {
        Reply earlier = new Reply(
                "old",
                ConversationId.ofChannel("console", "local", "den"),
                new MessageRef("m-7"),
                new Author("bob", "bob\u001b[31m"),
                "as I was saying",
                Reply.Kind.ANSWER);
        engine.meanwhile(() -> engine.deliver(earlier));

        chat("hi\n");

        assertThat(printed()).isEqualTo("as I was saying\n\nheard: hi\n\n");
        assertThat(notes)
                .containsExactly("loci: the next block answers an earlier message of bob in #den (message m-7)");
    }

    @Test
    void a_repeated_delivery_prints_nothing() throws InterruptedException {
        engine.replying(posted -> {
            Reply reply = engine.reply(posted, "once");
            engine.deliver(reply);
            engine.deliver(reply);
            return Optional.empty();
        });

        chat("hi\n");

        assertThat(printed()).isEqualTo("once\n\n");
        engine.settle();
        assertThat(engine.deliveries().getFirst())
                .isEqualTo(new Delivery.Delivered(List.of(new MessageRef("reply-k1"))));
    }

    @Test
    void what_the_bot_leaves_alone_still_gets_its_block() {
        engine.accepting(Inbox.Acceptance.IGNORED);

        chat("hi\n");

        assertThat(printed()).isEqualTo("(Loci leaves this unanswered.)\n\n");
    }

    @Test
    void what_could_not_be_saved_ends_the_conversation() {
        ConsolePlatform console = console(bytes("one\ntwo\n"), out);
        console.start(event -> {
            throw new IllegalStateException("disk full");
        });

        assertThat(console.converse()).isEqualTo(Ending.NOT_SAVED);
        assertThat(printed()).isEmpty();
        assertThat(notes).containsExactly("loci: this could not be saved, so it is not answered: disk full");
    }

    @Test
    void a_closed_output_ends_it_quietly_and_the_reply_stays_undelivered() throws InterruptedException {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ConsolePlatform console = console(bytes("one\ntwo\n"), closed);
        engine.on(console);

        assertThat(console.converse()).isEqualTo(Ending.OUTPUT_CLOSED);
        engine.settle();
        assertThat(engine.deliveries()).containsExactly(new Delivery.TryLater("standard output is closed"));
        assertThat(notes).isEmpty();
    }

    @Test
    void closing_ends_a_wait() throws InterruptedException {
        engine.replying(posted -> {
            engine.platform().close();
            return Optional.empty();
        });

        assertThat(chat("hi\nyou\n")).isEqualTo(Ending.CLOSED);
        engine.settle();
        assertThat(engine.events()).hasSize(1);
    }

    @Test
    void input_of_any_bytes_is_text() {
        byte[] input = bytesOf("\uFEFFfirst\r\n\0nul\r\n");
        byte[] malformed = {'a', (byte) 0xC3, '(', '\n', 'e', 'n', 'd'};
        byte[] all = new byte[input.length + malformed.length];
        System.arraycopy(input, 0, all, 0, input.length);
        System.arraycopy(malformed, 0, all, input.length, malformed.length);

        chat(new ByteArrayInputStream(all));

        assertThat(printed()).isEqualTo("heard: first\n\nheard: \uFFFDnul\n\nheard: a\uFFFD(\n\nheard: end\n\n");
    }

    @Test
    void an_endless_line_is_cut() {
        String emoji = "\uD83D\uDE00";
        chat("x".repeat(Lines.LONGEST - 1) + emoji.repeat(100_000) + "\nnext\n" + "y".repeat(Lines.LONGEST) + "\r\n");

        assertThat(((MessagePosted) engine.events().getFirst()).text()).isEqualTo("x".repeat(Lines.LONGEST - 1));
        assertThat(((MessagePosted) engine.events().getLast()).text()).hasSize(Lines.LONGEST);
        assertThat(engine.events()).hasSize(3);
        assertThat(notes).containsExactly("loci: a line was longer than 100000 characters; its end was left out");
    }

    @Test
    void ids_differ_even_within_one_tick_and_between_processes() {
        chat("one\ntwo\n");
        List<ChatEvent> first = engine.events();
        chat("one\ntwo\n");

        assertThat(engine.events()).hasSize(4).extracting(ChatEvent::event).doesNotHaveDuplicates();
        assertThat(first).extracting(event -> event.event().id()).isSorted();
    }

    private Ending chat(String input) {
        return chat(bytes(input));
    }

    private Ending chat(InputStream input) {
        ConsolePlatform console = console(input, out);
        engine.on(console);
        return console.converse();
    }

    private final Random random = new Random(7);

    private ConsolePlatform console(InputStream in, OutputStream to) {
        ConsoleSetup setup = new ConsoleSetup("ada", "lab", "loci", NOON, new TimeOrderedIds(NOON, random));
        return ConsolePlatform.piped(setup, in, to, notes::add);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(bytesOf(text));
    }

    private static byte[] bytesOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
