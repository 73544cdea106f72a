package loci.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import loci.model.Cancellation;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.PromptMessage;
import org.junit.jupiter.api.Test;

class OpenAiModelTest {

    @Test
    void answersStreamPieceByPiece() {
        try (OpenAiServer server = OpenAiServer.start().answer(request -> "You said: " + request.lastUser());
                OpenAiModel model = new OpenAiModel(
                        new ModelProfile(
                                "gpt-4o-mini",
                                "o200k_base",
                                128_000,
                                16_384,
                                true,
                                false,
                                "max_completion_tokens",
                                true),
                        OpenAiSettings.of(server.baseUrl(), null))) {
            StringBuilder shown = new StringBuilder();
            ModelOutcome outcome = model.ask(
                    new Prompt(List.of(PromptMessage.user("hello there")), 100, Prompt.Purpose.REPLY),
                    shown::append,
                    new Cancellation());
            assertThat(outcome).isInstanceOf(ModelOutcome.Answered.class);
            assertThat(shown).hasToString("You said: hello there");
            assertThat(server.lastRequest().headers()).doesNotContainKey("authorization");
        }
    }
}
