package loci.offline;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Optional;
import java.util.function.Consumer;
import loci.model.Cancellation;
import loci.model.LanguageModel;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prices;
import loci.model.Prompt;
import loci.model.TokenCounter;
import loci.model.Usage;

/**
 * A deterministic {@link LanguageModel} that answers a question by quoting what bears on it in its prompt, and condenses by extraction.
 * Thread-safe.
 */
public final class OfflineModel implements LanguageModel {

    /** The name under which replies are recorded. */
    public static final String NAME = "offline";

    private static final Prices NOTHING =
            new Prices(BigDecimal.ZERO, Optional.empty(), BigDecimal.ZERO, YearMonth.of(2026, 11));

    private static final ModelProfile PROFILE = new ModelProfile(
            NAME,
            "o200k_base",
            32_000,
            4_000,
            true,
            false,
            "max_tokens",
            true,
            32_000,
            Optional.empty(),
            Optional.of(NOTHING));

    private final TokenCounter counter;

    public OfflineModel(TokenCounter counter) {
        this.counter = counter;
    }

    @Override
    public ModelProfile profile() {
        return PROFILE;
    }

    @Override
    public ModelOutcome ask(Prompt prompt, Consumer<String> onText, Cancellation cancellation) {
        if (cancellation.isCancelled()) {
            return new ModelOutcome.Stopped("");
        }
        String text = switch (prompt.purpose()) {
            case REPLY -> Quoting.answer(Reading.of(prompt));
            case SUMMARY, RECAP -> Extract.of(Reading.of(prompt), counter);
        };
        onText.accept(text);
        return new ModelOutcome.Answered(text, Usage.UNKNOWN, true);
    }

    @Override
    public void warmUp() {}

    @Override
    public void close() {}
}
