package loci.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import loci.chat.Author;
import loci.chat.Caller;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.Standing;
import org.junit.jupiter.api.Test;

class ConfirmationsTest {

    private Instant now = Instant.parse("2026-03-01T09:00:00Z");
    private int tokens;
    private final Confirmations confirmations = new Confirmations(() -> now, () -> "token" + ++tokens);
    private final List<String> done = new ArrayList<>();

    private static ConversationId place(String channel) {
        return ConversationId.ofChannel("test", "space", channel);
    }

    private static Caller caller(String name) {
        return new Caller(new Author("id-" + name, name), Standing.MEMBER, Locale.ROOT, ZoneOffset.UTC);
    }

    private String ask(String who) {
        CommandInvoked invoked = new CommandInvoked(new EventId("c"), place("lab"), caller(who), "forget", "here", now);
        CommandAnswer asked = confirmations.ask(Invocation.of(invoked), "Sure?", "Yes", () -> {
            done.add(who);
            return CommandAnswer.of("Done.");
        });
        return requireNonNull(asked.confirmation()).token();
    }

    private String confirm(String token, String who, String channel) {
        return confirmations
                .confirm(
                        new ConfirmationGiven(new EventId("y"), place(channel), caller(who), token, now), asked -> true)
                .text();
    }

    @Test
    void itWorksOnce() {
        String token = ask("ada");
        assertThat(confirm(token, "ada", "lab")).isEqualTo("Done.");
        assertThat(confirm(token, "ada", "lab")).contains("nothing left to confirm");
        assertThat(done).containsExactly("ada");
    }

    @Test
    void onlyForThePersonWhoAskedAndOnlyThere() {
        String token = ask("ada");
        assertThat(confirm(token, "ben", "lab")).contains("Only the person");
        assertThat(confirm(token, "ada", "other")).contains("Only the person");
        assertThat(done).isEmpty();
        assertThat(confirm(token, "ada", "lab")).isEqualTo("Done.");
    }

    @Test
    void itExpires() {
        String token = ask("ada");
        now = now.plus(Duration.ofMinutes(10).plusMillis(1));
        assertThat(confirm(token, "ada", "lab")).contains("asked too long ago");
        assertThat(done).isEmpty();
    }

    @Test
    void anUnknownTokenConfirmsNothing() {
        ask("ada");
        assertThat(confirm("guess", "ada", "lab")).contains("nothing left to confirm");
        assertThat(done).isEmpty();
    }

    @Test
    void theOldestIsGivenUpWhenThereAreTooMany() {
        String first = ask("ada");
        for (int i = 0; i < 1_000; i++) {
            ask("eve");
        }
        assertThat(confirm(first, "ada", "lab")).contains("nothing left to confirm");
    }

    @Test
    void twoQuestionsStandSideBySide() {
        String first = ask("ada");
        String second = ask("ben");
        assertThat(confirm(second, "ben", "lab")).isEqualTo("Done.");
        assertThat(confirm(first, "ada", "lab")).isEqualTo("Done.");
    }
}
