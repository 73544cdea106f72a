package loci.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import loci.model.TokenCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts that OpenAI's cookbook and tiktoken publish. */
class JtokkitCounterTest {

    @ParameterizedTest
    @CsvSource({
        "cl100k_base, tiktoken is great!, 6",
        "o200k_base, tiktoken is great!, 6",
        "cl100k_base, antidisestablishmentarianism, 6",
        "o200k_base, antidisestablishmentarianism, 6",
        "cl100k_base, 2 + 2 = 4, 7",
        "o200k_base, 2 + 2 = 4, 7",
        "cl100k_base, お誕生日おめでとう, 9",
        "o200k_base, お誕生日おめでとう, 8",
        "o200k_base, '', 0"
    })
    void countsAsPublished(String encoding, String text, int tokens) {
        TokenCounter counter = JtokkitCounters.forEncoding(encoding);
        assertThat(counter.encoding()).isEqualTo(encoding);
        assertThat(counter.count(text)).isEqualTo(tokens);
    }

    @Test
    void specialTokensArePlainCharactersInAnybodysMouth() {
        TokenCounter counter = JtokkitCounters.forEncoding("o200k_base");
        assertThat(counter.count("<|endoftext|>")).isGreaterThan(1);
        assertThat(counter.count("a <|endofprompt|> b <|im_start|> c")).isGreaterThan(10);
    }

    @Test
    void anyTextCanBeCounted() {
        TokenCounter counter = JtokkitCounters.forEncoding("o200k_base");
        Random random = new Random(20261121);
        for (int round = 0; round < 500; round++) {
            String text = random.ints(random.nextInt(60), 0, 0x10000)
                    .collect(StringBuilder::new, (all, c) -> all.append((char) c), StringBuilder::append)
                    .toString();
            assertThat(counter.count(text)).isBetween(0, 4 * text.length() + 1);
        }
    }

    @Test
    void oneCounterForEachEncodingAndAnyNumberOfThreads() throws Exception {
        TokenCounter counter = JtokkitCounters.forEncoding("cl100k_base");
        assertThat(JtokkitCounters.forEncoding("cl100k_base")).isSameAs(counter);
        JtokkitCounters.load("cl100k_base");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> tasks = IntStream.range(0, 100)
                    .<Callable<Integer>>mapToObj(i -> () -> counter.count("It is number " + i % 10 + "."))
                    .toList();
            for (Future<Integer> count : threads.invokeAll(tasks)) {
                assertThat(count.get()).isEqualTo(6);
            }
        }
    }

    @Test
    void anUnknownEncodingIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> JtokkitCounters.forEncoding("quarters"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quarters")
                .hasMessageContaining("o200k_base");
    }
}
