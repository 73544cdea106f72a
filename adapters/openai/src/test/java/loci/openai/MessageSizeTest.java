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
import loci.model.TokenCounter;
import loci.prompt.MessageForm;
import loci.prompt.PromptCounter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are joined after they were counted, because the server turned out stricter than known, are no larger for it. */
class MessageSizeTest {

    private static final ModelProfile LENIENT =
            new ModelProfile("m", "o200k_base", 8_192, 1_000, true, false, "max_tokens", true);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsSentIsNeverLargerThanWhatWasCounted(long seed) {
        Random random = new Random(seed);
        TokenCounter tokens = JtokkitCounters.forEncoding("o200k_base");
        PromptCounter counter = new PromptCounter(tokens);
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
            List<PromptMessage> strict = MessageForm.of(messages, LENIENT.withStrictRoles());
            List<PromptMessage> withoutSystem = MessageForm.withoutSystemRole(messages);
            assertThat(counter.count(strict)).isLessThanOrEqualTo(counter.count(messages));
            assertThat(counter.count(withoutSystem)).isLessThanOrEqualTo(counter.count(strict));
            assertThat(MessageForm.withoutSystemRole(strict)).isEqualTo(withoutSystem);
        }
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
