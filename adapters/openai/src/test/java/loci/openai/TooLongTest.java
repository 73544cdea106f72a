package loci.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import loci.model.ModelOutcome.PromptTooLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wordings of real servers, as they stand in their issue trackers. */
class TooLongTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "This model's maximum context length is 128000 tokens. However, your messages resulted in 130000"
                        + " tokens. Please reduce the length of the messages. | 130000 | 128000",
                "This model's maximum context length is 4097 tokens, however you requested 4116 tokens (3860 in your"
                        + " prompt; 256 for the completion). | 3860 | 4097",
                "This model's maximum context length is 16384 tokens. However, you requested 122946 tokens (112946 in"
                        + " the messages, 10000 in the completion). | 112946 | 16384",
                "'max_tokens' or 'max_completion_tokens' is too large: 10000. This model's maximum context length is"
                    + " 16384 tokens and your request has 12000 input tokens (10000 > 16384 - 12000). | 12000 | 16384",
                "Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 290000 tokens. |"
                        + " 290000 | 272000",
                "The prompt (total length 25938) is too long to fit into the model (context length 4096). | 25938 |"
                        + " 4096",
                "The decoder prompt (length 25938) is longer than the maximum model length of 4096. | 25938 | 4096",
                "request (12000 tokens) exceeds the available context size (4096 tokens), try increasing it | 12000 |"
                        + " 4096",
                "Requested tokens (2285) exceed context window of 2048 | 2285 | 2048",
                "Trying to keep the first 10136 tokens when context the overflows. However, the model is loaded with"
                        + " context length of only 7866 tokens, which is not enough. | 10136 | 7866",
                "Cannot truncate prompt with n_keep (15028) >= n_ctx (7424) | 15028 | 7424",
                "The number of tokens to keep from the initial prompt is greater than the context length (n_keep:"
                        + " 10247 >= n_ctx: 4096). | 10247 | 4096",
                "The input (12000 tokens) is longer than the model's context length (8192 tokens). | 12000 | 8192",
                "Requested token count exceeds the model's maximum context length of 8192 tokens. You requested a"
                    + " total of 9000 tokens: 8000 tokens from the input messages and 1000 tokens for the completion."
                    + " | 8000 | 8192",
                "This endpoint's maximum context length is 8192 tokens. However, you requested about 9000 tokens (8000"
                        + " of text input, 1000 in the output). | 8000 | 8192",
                "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context"
                        + " length | 40000 | 32768",
                "Input validation error: `inputs` must have less than 4096 tokens. Given: 5000 | 5000 | 4096",
                "`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 3800 `inputs` tokens and 512"
                        + " `max_new_tokens` | 3800 | 4096",
                "prompt is too long: 210000 tokens > 200000 maximum | 210000 | 200000",
                "The input token count (1048577) exceeds the maximum number of tokens allowed (1048576). | 1048577 |"
                        + " 1048576",
                "the request exceeds the available context size. try increasing the context size | | ",
                "Your input exceeds the context window of this model. Please adjust your input and try again. | | ",
                "input length exceeds maximum context length | | ",
                "Please reduce the length of the messages or completion. | | "
            })
    void recognised(String message, Integer counted, Integer limit) {
        assertThat(TooLong.read(error(message))).contains(new PromptTooLong(optional(counted), optional(limit)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max_tokens is too large: 100000. This model supports at most 16384 completion tokens",
                "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000.",
                "The model `gpt-9` does not exist",
                "Rate limit reached for requests",
                ""
            })
    void otherComplaintsAreNot(String message) {
        assertThat(TooLong.read(error(message))).isEmpty();
    }

    @Test
    void hostileMessagesAreSearchedQuickly() {
        String hostile = "maximum context length is 1 tokens".repeat(60) + "(1".repeat(200);
        assertThat(TooLong.read(error(hostile))).isPresent();
        assertThat(TooLong.read(error("prompt (length 9)" + " ".repeat(1_900)))).isEmpty();
    }

    private static ServerError error(String message) {
        return new ServerError(400, "", "", "", message, OptionalInt.empty(), OptionalInt.empty(), "");
    }

    private static OptionalInt optional(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
