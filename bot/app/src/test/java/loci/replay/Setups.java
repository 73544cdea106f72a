package loci.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import loci.command.Permissions;
import loci.database.DatabaseSettings;
import loci.database.DatabaseStore;
import loci.engine.EngineSettings;
import loci.model.ModelProfile;
import loci.model.Prices;
import loci.offline.OfflineModel;
import loci.openai.JtokkitCounters;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.Strategies;
import loci.replay.ReplaySetup.StoreOpener;
import loci.sanitize.Redactor;

/** Replays as the program makes them: real stores, real counts, the offline summariser, and gpt-4o-mini's window and prices. */
final class Setups {

    static final StoreOpener DATABASE = (directory, marks, clock) -> DatabaseStore.open(
            new DatabaseSettings(directory.resolve("data"), false, null, Duration.ofHours(1)), marks, clock);

    private static final ModelProfile MODEL = new ModelProfile(
            "gpt-4o-mini",
            "o200k_base",
            128_000,
            16_384,
            true,
            false,
            "max_completion_tokens",
            true,
            128_000,
            Optional.empty(),
            Optional.of(new Prices(
                    new BigDecimal("0.15"),
                    Optional.of(new BigDecimal("0.075")),
                    new BigDecimal("0.60"),
                    YearMonth.of(2026, 9))));

    private Setups() {}

    /** The defaults of {@code loci.yaml}. */
    static ReplaySetup byDefault() {
        return of(
                0,
                Strategies.of("hybrid", 10, 24),
                new CompactionPolicy(24, 12, Integer.MAX_VALUE, Integer.MAX_VALUE, 200, 4));
    }

    /** What the README's example of 30 messages is replayed with. */
    static ReplaySetup ofExample() {
        return small(800);
    }

    /** Marks so low that thirty messages reach them: {@code compactAfterTurns: 8, keepTurns: 2}. */
    static ReplaySetup small(int promptTokens) {
        return of(
                promptTokens,
                Strategies.of("hybrid", 6, 8),
                new CompactionPolicy(8, 2, Integer.MAX_VALUE, Integer.MAX_VALUE, 80, 4));
    }

    static ReplaySetup of(int promptTokens, Strategies strategies, CompactionPolicy compaction) {
        EngineSettings settings = new EngineSettings(
                "loci",
                text("persona.md").replace("{botName}", "loci"),
                text("summary.md"),
                strategies,
                NoteRole.SYSTEM,
                List.of(),
                compaction,
                new Permissions(Map.of()),
                "a model",
                promptTokens,
                2_048);
        return with(settings, DATABASE);
    }

    static ReplaySetup with(EngineSettings settings, StoreOpener stores) {
        return new ReplaySetup(
                settings,
                MODEL,
                new OfflineModel(JtokkitCounters.forEncoding("o200k_base")),
                JtokkitCounters::forEncoding,
                new Redactor(Set.of()),
                Optional.empty(),
                stores);
    }

    private static String text(String prompt) {
        try {
            return Files.readString(Path.of("../../config/prompts").resolve(prompt));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
