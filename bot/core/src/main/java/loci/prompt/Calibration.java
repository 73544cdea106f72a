package loci.prompt;

import loci.model.ModelOutcome.PromptTooLong;
import loci.model.ModelProfile;

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

    /** Applies what was learnt: the profile with the window it really has, in our tokens. */
    public ModelProfile applyTo(ModelProfile model) {
        int window = Math.max(SMALLEST_WINDOW, (int) (contextWindow / scale));
        return window >= model.contextWindow() ? model : model.withContextWindow(window);
    }
}
