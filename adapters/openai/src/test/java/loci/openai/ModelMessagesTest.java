package loci.openai;

import static loci.model.PromptMessage.assistant;
import static loci.model.PromptMessage.system;
import static loci.model.PromptMessage.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import loci.model.ModelProfile;
import loci.model.PromptMessage;
import loci.model.PromptMessage.Role;
import loci.model.TokenCounter;
import loci.model.ToolCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelMessagesTest {

    private static final PromptMessage CALL =
            new PromptMessage(Role.ASSISTANT, "", List.of(new ToolCall("1", "t", "{}")), null);
    private static final PromptMessage RESULT = new PromptMessage(Role.TOOL, "r", List.of(), "1");

    @Test
    void aModelThatTakesEverythingIsSentEverything() {
        List<PromptMessage> messages = List.of(system("a"), system("b"), user("c"), user("d"), assistant("e"));
        assertThat(sent(messages, true, false)).isEqualTo(messages);
    }

    @Test
    void systemMessagesAreJoinedAtTheFront() {
        assertThat(sent(List.of(system("a"), user("b"), system("c"), user("d")), false, false))
                .containsExactly(system("a\n\nc"), user("b"), user("d"));
    }

    @Test
    void neighboursOfOneRoleAreJoined() {
        assertThat(sent(
                        List.of(system("s"), user("a"), user("b"), assistant("c"), assistant("d"), user("e")),
                        false,
                        true))
                .containsExactly(system("s"), user("a\n\nb"), assistant("c\n\nd"), user("e"));
    }

    @Test
    void toolCallsAndTheirResultsStayAsTheyAre() {
        List<PromptMessage> messages = List.of(user("a"), CALL, RESULT, RESULT, assistant("b"));
        assertThat(sent(messages, false, true)).isEqualTo(messages);
    }

    @Test
    void aDialogueThatWouldOpenWithTheAssistantIsOpenedForIt() {
        assertThat(sent(List.of(system("s"), assistant("a"), user("b")), false, true))
                .containsExactly(system("s"), user(ModelMessages.OPENING), assistant("a"), user("b"));
    }

    @Test
    void withoutASystemRoleItsTextBeginsTheFirstUserMessage() {
        assertThat(ModelMessages.withoutSystemRole(List.of(system("s"), user("a"), system("t"), assistant("b"))))
                .containsExactly(user("s\n\nt\n\na"), assistant("b"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsSentIsNeverLargerThanWhatWasCounted(long seed) {
        Random random = new Random(seed);
        TokenCounter counter = JtokkitCounters.forEncoding("o200k_base");
        for (int round = 0; round < 200; round++) {
            List<PromptMessage> messages = new ArrayList<>(List.of(system("You are Loci.")));
            // A window never begins with a reply: it never splits an exchange.
            messages.add(user(words(random)));
            for (int i = random.nextInt(12); i > 0; i--) {
                int which = random.nextInt(3);
                messages.add(
                        which == 0
                                ? system(words(random))
                                : which == 1 ? user(words(random)) : assistant(words(random)));
            }
            int counted = tokens(messages, counter);
            assertThat(tokens(sent(messages, false, true), counter)).isLessThanOrEqualTo(counted);
            assertThat(tokens(sent(messages, true, true), counter)).isLessThanOrEqualTo(counted);
            assertThat(tokens(sent(messages, false, false), counter)).isLessThanOrEqualTo(counted);
            assertThat(tokens(ModelMessages.withoutSystemRole(messages), counter))
                    .isLessThanOrEqualTo(counted);
        }
    }

    private static List<PromptMessage> sent(List<PromptMessage> messages, boolean severalSystem, boolean alternating) {
        return ModelMessages.asSent(
                messages,
                new ModelProfile("m", "o200k_base", 8_192, 1_000, severalSystem, alternating, "max_tokens", true));
    }

    private static int tokens(List<PromptMessage> messages, TokenCounter counter) {
        return 3
                + messages.stream()
                        .mapToInt(m -> 3
                                + counter.count(m.role().name().toLowerCase(java.util.Locale.ROOT))
                                + counter.count(m.content()))
                        .sum();
    }

    private static String words(Random random) {
        String[] some = {"rain", " ", "\n", "☔", "don't", "Grüße", "...", "ready", "x", "  ", "`code`", "日本", "7"};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(10); i >= 0; i--) {
            text.append(some[random.nextInt(some.length)]);
        }
        return text.toString();
    }
}
