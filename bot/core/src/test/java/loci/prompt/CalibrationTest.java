package loci.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.Random;
import loci.model.ModelOutcome.PromptTooLong;
import loci.model.ModelProfile;
import loci.model.Usage;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static final PromptTooLong BLIND = new PromptTooLong(OptionalInt.empty(), OptionalInt.empty());
    private static final ModelProfile MODEL = Views.MODEL;

    @Test
    void untaughtItChangesNothing() {
        assertThat(Calibration.untaught(MODEL).applyTo(MODEL)).isEqualTo(MODEL);
    }

    @Test
    void aLimitThatTheProviderNamesIsBelieved() {
        Calibration learnt = Calibration.untaught(MODEL)
                .after(new PromptTooLong(OptionalInt.of(9_000), OptionalInt.of(8_192)), 9_000, 9_500);
        assertThat(learnt.applyTo(MODEL).contextWindow()).isEqualTo(8_192);
    }

    @Test
    void aHigherCountScalesTheWindowDown() {
        Calibration learnt = Calibration.untaught(MODEL)
                .after(new PromptTooLong(OptionalInt.of(20_000), OptionalInt.of(16_000)), 10_000, 10_500);
        assertThat(learnt.scale()).isEqualTo(2.0);
        assertThat(learnt.applyTo(MODEL).contextWindow()).isEqualTo(8_000);
    }

    @Test
    void aCountWithoutALimitStillMakesTheNextPromptSmaller() {
        Calibration learnt = Calibration.untaught(MODEL)
                .after(new PromptTooLong(OptionalInt.of(5_500), OptionalInt.empty()), 5_000, 5_500);
        assertThat(learnt.applyTo(MODEL).contextWindow()).isLessThan(5_500);
    }

    /** Whatever a provider says, each refusal makes the same prompt no longer fit, and nothing ever grows. */
    @Test
    void everyRefusalTeachesAndNothingGrows() {
        Random random = new Random(5);
        for (int run = 0; run < 500; run++) {
            Calibration learnt = Calibration.untaught(MODEL);
            for (int refusal = 0; refusal < 30; refusal++) {
                int window = learnt.applyTo(MODEL).contextWindow();
                int asked = 1 + random.nextInt(window);
                Calibration next =
                        learnt.after(new PromptTooLong(maybe(random), maybe(random)), Math.max(1, asked - 100), asked);
                int now = next.applyTo(MODEL).contextWindow();
                assertThat(now).isLessThanOrEqualTo(window).isGreaterThanOrEqualTo(512);
                assertThat(now < asked || now == 512)
                        .as("%s after %s for %d", next, learnt, asked)
                        .isTrue();
                assertThat(next.scale()).isBetween(learnt.scale(), 8.0);
                learnt = next;
            }
        }
    }

    private static OptionalInt maybe(Random random) {
        return random.nextBoolean() ? OptionalInt.of(random.nextInt(40_000)) : OptionalInt.empty();
    }

    @Test
    void blindRefusalsConvergeOnWhateverTheWindowIs() {
        for (int real = 600; real < 16_000; real += 700) {
            Calibration learnt = Calibration.untaught(MODEL);
            int refusals = 0;
            while (learnt.applyTo(MODEL).contextWindow() > real) {
                int asked = learnt.applyTo(MODEL).contextWindow();
                learnt = learnt.after(BLIND, asked - 100, asked);
                refusals++;
            }
            assertThat(refusals).isLessThan(15);
            assertThat(learnt.applyTo(MODEL).contextWindow()).isGreaterThan(real / 2);
        }
    }

    @Test
    void usageRaisesTheCountAndNeverLowersIt() {
        Calibration learnt = Calibration.untaught(MODEL).after(usage(2_600), 2_000);
        assertThat(learnt.scale()).isEqualTo(1.25);
        assertThat(learnt.applyTo(MODEL).contextWindow()).isEqualTo(12_800);
        assertThat(learnt.after(usage(1_000), 2_000)).isEqualTo(learnt);
        assertThat(learnt.after(usage(2_200), 2_000)).isEqualTo(learnt);
    }

    @Test
    void aShortPromptTeachesNothingSinceATemplateAddsItsOwnTokens() {
        assertThat(Calibration.untaught(MODEL).after(usage(400), 200).scale()).isEqualTo(1);
        assertThat(Calibration.untaught(MODEL).after(usage(1_090), 1_000).scale())
                .isEqualTo(1);
    }

    @Test
    void aServerThatReadsHalfOfWhatItWasSentCutsIt() {
        assertThat(Calibration.looksCut(usage(900), 2_000)).isTrue();
        assertThat(Calibration.looksCut(usage(1_900), 2_000)).isFalse();
        assertThat(Calibration.looksCut(usage(20), 100)).isFalse();
        assertThat(Calibration.looksCut(Usage.UNKNOWN, 2_000)).isFalse();
    }

    private static Usage usage(int promptTokens) {
        return new Usage(promptTokens, 0, 10, 0);
    }

    @Test
    void aLimitOfTheInputIsScaledToo() {
        ModelProfile limited = MODEL.withLimits(16_000, 10_000);
        Calibration learnt = Calibration.untaught(limited).after(usage(2_600), 2_000);
        assertThat(learnt.applyTo(limited).maxInput()).isEqualTo(8_000);
    }
}
