package loci.app;

import java.time.Duration;
import java.util.Optional;
import loci.app.cli.ReplayRunner.Summaries;
import loci.app.config.LociConfig;
import loci.database.DatabaseSettings;
import loci.database.DatabaseStore;
import loci.offline.OfflineModel;
import loci.openai.JtokkitCounters;
import loci.replay.ReplaySetup;

/** Puts together what a replay is made with: the parts of a bot, with stores of its own and nobody to answer. */
final class Replays {

    /** The stores are deleted at the end: nothing in them must outlive a power cut. */
    private static final Duration CHECKPOINTS = Duration.ofHours(1);

    private Replays() {}

    static ReplaySetup prepare(LociConfig config, Summaries summaries) {
        boolean offline = summaries == Summaries.OFFLINE;
        return new ReplaySetup(
                Wiring.settings(config),
                Models.profile(config.model()),
                offline ? new OfflineModel(JtokkitCounters.forEncoding("o200k_base")) : Models.of(config.summary()),
                JtokkitCounters::forEncoding,
                Wiring.redactor(config),
                // A model that is really asked must not be given marks that a transcript's author can know.
                offline ? Optional.empty() : Optional.of(new SecretWords()),
                (directory, marks, clock) -> DatabaseStore.open(
                        // Not encrypted as a file: the texts in it are sealed either way, and it goes with its keys.
                        new DatabaseSettings(directory.resolve("data"), false, null, CHECKPOINTS), marks, clock));
    }
}
