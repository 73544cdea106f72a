package loci.prompt;

import loci.model.ModelOutcome.PromptTooLong;
import loci.model.ModelProfile;
import loci.model.Usage;

/**
 * What a provider's own answers have taught about counting for one model. Immutable.
 *
 * @param scale how many tokens the provider sees for one of ours; at least 1
 * @param contextWindow the window the provider really grants; at most the profile's
 */
public record Calibration(double scale, int contextWindow) {

    /** Where the provider only said "too long", without figures: about what two tokenisers differ on prose. */
    private static final double BLIND_STEP = 1.3;

    private static final double MAX_SCALE = 8;

    private static final int TEMPLATE_TOKENS = 100;
    private static final int ENOUGH_TO_LEARN_FROM = 1_000;

    /** Tokenisers of current models differ by less than this on any language. */
    private static final double PROBABLY_CUT = 0.5;

    private static final int SMALLEST_WINDOW = 512;

    public static Calibration untaught(ModelProfile model) {
        return new Calibration(1, model.contextWindow());
    }

    /**
     * Learns from a prompt that was refused.
     *
     * @param counted the prompt's tokens as counted by us, unscaled
     * @param asked prompt and reply reserve together, as counted by us
     */
    public Calibration after(PromptTooLong refusal, int counted, int asked) {
        int window = Math.max(
                SMALLEST_WINDOW, Math.min(contextWindow, refusal.limit().orElse(contextWindow)));
        double seen =
                refusal.counted().isPresent() ? (double) refusal.counted().getAsInt() / Math.max(1, counted) : scale;
        double newScale = Math.max(scale, seen);
        newScale = Math.min(MAX_SCALE, newScale);
        if (asked * newScale <= window) {
            // Nothing learnt that would change the next prompt, so the window must be smaller than believed.
            window = Math.max(SMALLEST_WINDOW, (int) (asked * newScale / BLIND_STEP));
        }
        return new Calibration(newScale, window);
    }

    /**
     * Learns from the usage that came with an answer: a count that was too low is raised. It is never lowered, since a server that
     * reads less than it was sent may have cut the prompt (Ollama does so in silence).
     *
     * @param counted the prompt's tokens as counted by us, unscaled
     */
    public Calibration after(Usage usage, int counted) {
        // Chat templates add some tokens to every prompt; against a short one they would look like a different
        // tokeniser.
        int read = usage.promptTokens() - TEMPLATE_TOKENS;
        if (counted < ENOUGH_TO_LEARN_FROM || read <= counted * scale) {
            return this;
        }
        return new Calibration(Math.min(MAX_SCALE, (double) read / counted), contextWindow);
    }

    /** Whether a server read so much less than it was sent that it must have cut the prompt. */
    public static boolean looksCut(Usage usage, int counted) {
        return usage.isKnown() && counted >= ENOUGH_TO_LEARN_FROM && usage.promptTokens() < counted * PROBABLY_CUT;
    }

    /** Applies what was learnt: the profile with the window it really has, in our tokens. */
    public ModelProfile applyTo(ModelProfile model) {
        int window = Math.max(SMALLEST_WINDOW, (int) (contextWindow / scale));
        int input = Math.max(SMALLEST_WINDOW, (int) (model.maxInput() / scale));
        return window >= model.contextWindow() && input >= model.maxInput()
                ? model
                : model.withLimits(Math.min(window, model.contextWindow()), Math.min(input, model.maxInput()));
    }
}
