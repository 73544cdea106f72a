package loci.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import loci.memory.FaultyStore.When;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws over random histories, first undisturbed and then with a fault at every store call.
 *
 * <p>One run is repeated by {@code -Dsimulation=SEED} or {@code -Dsimulation=SEED/CALL/AFTER}, as its failure prints it; {@code -Dsimulation.from=1000}
 * takes other seeds than usual, and {@code -Dsimulation.seeds=5000} more of them.
 */
class SimulationTest {

    private static final int UNDISTURBED = Integer.getInteger("simulation.seeds", 150);
    private static final long FROM = Long.getLong("simulation.from", 1);
    private static final int DISTURBED = 3;
    private static final int EVENTS = 40;
    private static final int EVENTS_DISTURBED = 22;

    private static final String CHOSEN = System.getProperty("simulation", "");

    @BeforeAll
    static void silence() {
        Laws.silence();
    }

    @AfterAll
    static void speakAgain() {
        Laws.speakAgain();
    }

    static LongStream seedsToDisturb() {
        return LongStream.range(FROM, FROM + (CHOSEN.isEmpty() ? DISTURBED : 0));
    }

    @Test
    void lawsHoldOverRandomHistories() {
        for (long seed = FROM; seed < FROM + UNDISTURBED && CHOSEN.isEmpty(); seed++) {
            live(seed, 0, When.BEFORE, EVENTS);
        }
    }

    @ParameterizedTest(name = "seed {0}", allowZeroInvocations = true)
    @MethodSource("seedsToDisturb")
    void lawsHoldWithAFaultAtEveryStoreCall(long seed) {
        long calls = live(seed, 0, When.BEFORE, EVENTS_DISTURBED);
        for (long call = 2; call <= calls; call++) {
            for (When when : When.values()) {
                live(seed, call, when, EVENTS_DISTURBED);
            }
        }
    }

    @Test
    void theChosenHistory() {
        if (!CHOSEN.isEmpty()) {
            List<String> parts = new ArrayList<>(Stream.of(CHOSEN.split("/")).toList());
            boolean disturbed = parts.size() == 3;
            live(
                    Long.parseLong(parts.get(0)),
                    disturbed ? Long.parseLong(parts.get(1)) : 0,
                    disturbed ? When.valueOf(parts.get(2)) : When.BEFORE,
                    disturbed ? EVENTS_DISTURBED : EVENTS);
        }
    }

    private static long live(long seed, long call, When when, int events) {
        Simulation simulation = new Simulation(seed, call, when);
        try {
            simulation.run(events);
        } catch (RuntimeException | Error e) {
            String name = call == 0 ? String.valueOf(seed) : seed + "/" + call + "/" + when;
            throw new AssertionError("-Dsimulation=" + name + " (" + events + " events, " + simulation + ")", e);
        }
        return simulation.storeCalls();
    }
}
