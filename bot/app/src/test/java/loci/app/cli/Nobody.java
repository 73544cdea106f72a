package loci.app.cli;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import loci.app.config.LociConfig;
import loci.command.Exporter;
import loci.memory.Turn;

/** Runners that must not be asked, but for the one that a test is about. */
public final class Nobody {

    private static final ChatRunner CHATS = (config, platform) -> {
        throw new AssertionError("nobody chats here");
    };
    private static final ReplayRunner REPLAYS = (config, summaries) -> {
        throw new AssertionError("nothing is replayed here");
    };
    private static final StoreRunner STORES = (config, make) -> {
        throw new AssertionError("nothing is opened here");
    };
    private static final SetupRunner SETUP = new SetupRunner() {
        @Override
        public Guide discord(LociConfig config) {
            throw new AssertionError("nothing is set up here");
        }

        @Override
        public Guide slack(LociConfig config) {
            throw new AssertionError("nothing is set up here");
        }

        @Override
        public String slackManifest(LociConfig config, Optional<URI> address) {
            throw new AssertionError("nothing is set up here");
        }
    };
    private static final CheckRunner CHECKS = config -> {
        throw new AssertionError("nothing is checked here");
    };

    private Nobody() {}

    static Runners butChat(ChatRunner chat) {
        return new Runners(
                chat,
                config -> new ServeRunner.Refused("nobody serves"),
                SETUP,
                REPLAYS,
                STORES,
                Nobody::export,
                CHECKS);
    }

    static Runners butServing(ServeRunner serving) {
        return new Runners(CHATS, serving, SETUP, REPLAYS, STORES, Nobody::export, CHECKS);
    }

    static Runners butReplay(ReplayRunner replays) {
        return new Runners(
                CHATS,
                config -> new ServeRunner.Refused("nobody serves"),
                SETUP,
                replays,
                STORES,
                Nobody::export,
                CHECKS);
    }

    /** What works on the store, the check and the setting up. */
    public static Runners but(StoreRunner stores, Exporter exporter, CheckRunner checks, SetupRunner setup) {
        return new Runners(
                CHATS, config -> new ServeRunner.Refused("nobody serves"), setup, REPLAYS, stores, exporter, checks);
    }

    private static String export(String name, List<Turn> turns, Set<Long> pinned) {
        throw new AssertionError("nothing is exported here");
    }
}
