package loci.engine;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import loci.engine.Simulation.Call;
import loci.engine.Simulation.Fault;
import loci.memory.FaultyStore.When;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws over random histories, first undisturbed and then with a fault at every call of the store, of the model, and of the platform.
 *
 * <p>One run is repeated by {@code -Dsimulation=SEED} or {@code -Dsimulation=SEED/STORE/17/AFTER}, as its failure prints it; {@code -Dsimulation.from=1000}
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
        if (CHOSEN.isEmpty()) {
            // Histories know nothing of each other, so that they can be lived side by side.
            LongStream.range(FROM, FROM + UNDISTURBED).parallel().forEach(seed -> live(seed, Fault.NONE, EVENTS));
        }
    }

    @ParameterizedTest(name = "seed {0}", allowZeroInvocations = true)
    @MethodSource("seedsToDisturb")
    void lawsHoldWithAFaultAtEveryCall(long seed) {
        Simulation undisturbed = live(seed, Fault.NONE, EVENTS_DISTURBED);
        for (Call call : Call.values()) {
            // The first call of the store opens it, which the program does before it takes anything in.
            LongStream.rangeClosed(call == Call.STORE ? 2 : 1, undisturbed.calls(call))
                    .parallel()
                    .forEach(number -> Stream.of(When.values())
                            .forEach(when -> live(seed, new Fault(call, number, when), EVENTS_DISTURBED)));
        }
    }

    @Test
    void theChosenHistory() {
        if (!CHOSEN.isEmpty()) {
            List<String> parts = Stream.of(CHOSEN.split("/")).toList();
            boolean disturbed = parts.size() == 4;
            live(
                    Long.parseLong(parts.getFirst()),
                    disturbed
                            ? new Fault(
                                    Call.valueOf(parts.get(1)),
                                    Long.parseLong(parts.get(2)),
                                    When.valueOf(parts.get(3)))
                            : Fault.NONE,
                    disturbed ? EVENTS_DISTURBED : EVENTS);
        }
    }

    private static Simulation live(long seed, Fault fault, int events) {
        Simulation simulation = new Simulation(seed, fault);
        try {
            simulation.run(events);
        } catch (RuntimeException | Error e) {
            String name = fault.equals(Fault.NONE)
                    ? String.valueOf(seed)
                    : seed + "/" + fault.call() + "/" + fault.number() + "/" + fault.when();
            throw new AssertionError("-Dsimulation=" + name + " (" + events + " events, " + simulation + ")", e);
        }
        return simulation;
    }
}
