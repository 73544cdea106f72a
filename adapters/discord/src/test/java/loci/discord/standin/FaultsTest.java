package loci.discord.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.entities.channel.concrete.TextChannel;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.requests.GatewayIntent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong with requests, and what the real JDA makes of it. */
@Timeout(60)
class FaultsTest {
    private static final String MESSAGES = "/channels/*/messages";

    private final DiscordServer server = DiscordServer.start();
    private final Channel general = server.guild("Garden").channel("general");
    private final RealJda jda = RealJda.in(server, GatewayIntent.GUILD_MESSAGES);
    private final TextChannel channel = Objects.requireNonNull(jda.jda().getTextChannelById(general.id()));

    @AfterEach
    void close() {
        jda.close();
        server.close();
    }

    private int asked() {
        return server.requests("POST", MESSAGES).size();
    }

    @Test
    void okhttp_sends_again_by_itself_up_to_three_times() {
        server.faults().next("POST", MESSAGES).isCutAfter();
        channel.sendMessage("hello").setNonce("n1").complete();
        assertThat(asked()).isEqualTo(2);
        assertThat(general.messages()).as("the nonce makes one of two").hasSize(1);
    }

    @Test
    void an_answer_that_never_came_leaves_the_message_there() {
        server.faults().next(3, "POST", MESSAGES).isCutAfter();
        assertThatThrownBy(() -> channel.sendMessage("hello").setNonce("n1").complete())
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        unknown -> assertThat(unknown.getErrorCode()).isEqualTo(-1));
        assertThat(general.messages()).extracting(Message::text).containsExactly("hello");
        channel.sendMessage("hello").setNonce("n1").complete();
        assertThat(general.messages()).as("the nonce makes one of two").hasSize(1);
    }

    @Test
    void a_request_that_never_arrived_does_nothing() {
        server.faults().next(3, "POST", MESSAGES).isCutBefore();
        assertThatThrownBy(() -> channel.sendMessage("hello").complete()).isInstanceOf(ErrorResponseException.class);
        assertThat(general.messages()).isEmpty();
    }

    @Test
    void too_many_is_waited_for_and_tried_again() {
        server.faults().next("POST", MESSAGES).isTooMany(Duration.ofMillis(200));
        channel.sendMessage("patient").complete();
        assertThat(general.messages()).hasSize(1);
        assertThat(asked()).isEqualTo(2);
        server.faults().next("POST", MESSAGES).isTooManyGlobally(Duration.ofMillis(200));
        channel.sendMessage("very patient").complete();
        assertThat(general.messages()).hasSize(2);
    }

    @Test
    void a_broken_server_is_an_error_and_a_bad_gateway_is_tried_again() {
        server.faults().next("POST", MESSAGES).fails(500);
        assertThatThrownBy(() -> channel.sendMessage("one").complete()).isInstanceOf(ErrorResponseException.class);
        server.faults().next("POST", MESSAGES).fails(502);
        channel.sendMessage("two").complete();
        assertThat(general.messages()).extracting(Message::text).containsExactly("two");
        server.faults().next("POST", MESSAGES).fails(403, 50013, "Missing Permissions");
        assertThatThrownBy(() -> channel.sendMessage("three").complete())
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo(50013));
    }

    @Test
    void requests_and_answers_can_be_held_up() throws Exception {
        Gate before = server.faults().next("POST", MESSAGES).waits();
        CompletableFuture<?> sent = channel.sendMessage("slow").submit();
        assertThat(before.awaitArrival()).isTrue();
        assertThat(general.messages()).isEmpty();
        before.open();
        sent.get(10, TimeUnit.SECONDS);
        Gate after = server.faults().next("POST", MESSAGES).waitsWithTheAnswer();
        CompletableFuture<?> second = channel.sendMessage("slower").submit();
        assertThat(after.awaitArrival()).isTrue();
        assertThat(general.lastMessage().text()).isEqualTo("slower");
        assertThat(second.isDone()).isFalse();
        after.open();
        second.get(10, TimeUnit.SECONDS);
    }
}
