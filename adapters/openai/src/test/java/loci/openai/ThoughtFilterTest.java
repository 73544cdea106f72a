package loci.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThoughtFilterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "plain text | plain text",
                "<think>a</think>b | b",
                "<think>a <b> </thi </think>b | b",
                "<thinking>a</thinking> b | b",
                "<think></think><think>again</think>b | b",
                "a <think>quoted</think> b | a <think>quoted</think> b",
                "<thinker>b | <thinker>b",
                "<thin | <thin",
                "<think>never closed | \"\"",
                "<think>a</think> | \"\""
            })
    void onlyLeadingBlocksGoHoweverTheTextIsCut(String text, String content) {
        for (int first = 0; first <= text.length(); first++) {
            for (int second = first; second <= text.length(); second++) {
                ThoughtFilter filter = new ThoughtFilter();
                String taken = filter.take(text.substring(0, first))
                        + filter.take(text.substring(first, second))
                        + filter.take(text.substring(second))
                        + filter.finish();
                assertThat(taken).as("cut at %d and %d", first, second).isEqualTo(content);
            }
        }
    }

    @Test
    void blanksBeforeContentAreContentUnlessTheyFollowAThought() {
        ThoughtFilter plain = new ThoughtFilter();
        assertThat(plain.take("  \n x") + plain.finish()).isEqualTo("  \n x");
        ThoughtFilter thinking = new ThoughtFilter();
        assertThat(thinking.take(" \n<think>t</think>\n\n") + thinking.take(" x"))
                .isEqualTo("x");
    }

    @Test
    void nothingIsHeldWithoutEnd() {
        ThoughtFilter filter = new ThoughtFilter();
        assertThat(filter.take(" ".repeat(1_000))).hasSize(1_000);
        ThoughtFilter thinking = new ThoughtFilter();
        thinking.take("<think>");
        assertThat(thinking.take("x".repeat(1_000_000)) + thinking.take("</think>y"))
                .isEqualTo("y");
    }

    @Test
    void aThoughtWhoseOpeningTagWasInThePromptIsCutOnceTheTextIsWhole() {
        assertThat(ThoughtFilter.withoutOrphanThought("Let me see.\n</think>\n\nTen."))
                .isEqualTo("Ten.");
        assertThat(ThoughtFilter.withoutOrphanThought("The tag </think>\nends a thought."))
                .isEqualTo("The tag </think>\nends a thought.");
        assertThat(ThoughtFilter.withoutOrphanThought("<think>\nx\n</think>\ny"))
                .isEqualTo("<think>\nx\n</think>\ny");
    }
}
