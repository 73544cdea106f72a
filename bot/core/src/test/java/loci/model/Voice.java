package loci.model;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A model that says what a test has it say, all at once or piece by piece, and keeps every prompt. */
public final class Voice implements LanguageModel {

    private static final String END = "\0";
    private static final int LONGEST_SECONDS = 30;
    private static final int RAMBLING_MILLIS = 20;

    private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
    private final List<Prompt> prompts = new CopyOnWriteArrayList<>();
    private volatile Function<Prompt, String> answers = prompt -> "ok";
    private volatile boolean slow;
    private volatile boolean rambling;
    private volatile boolean seeing;

    /** From now on it answers so. */
    public void answers(Function<Prompt, String> by) {
        answers = by;
        slow = false;
        rambling = false;
    }

    public void answers(String text) {
        answers(prompt -> text);
    }

    /** From now on it only says what it is given by {@link #says}, until {@link #ends}. */
    public void waits() {
        slow = true;
    }

    /** From now on it says "and" again and again, until {@link #ends}. */
    public void rambles() {
        waits();
        rambling = true;
    }

    public void says(String piece) {
        pieces.add(piece);
    }

    public void ends() {
        pieces.add(END);
    }

    /** All that the prompts so far showed. */
    public List<String> prompts() {
        return prompts.stream()
                .map(prompt ->
                        prompt.messages().stream().map(PromptMessage::content).collect(Collectors.joining("\n")))
                .toList();
    }

    /** From now on it is shown images; a bot that is started later knows. */
    public void sees() {
        seeing = true;
    }

    /** The images that the last prompt showed. */
    public List<PromptImage> imagesShown() {
        return prompts.getLast().messages().stream()
                .flatMap(message -> message.images().stream())
                .toList();
    }

    @Override
    public ModelProfile profile() {
        ModelProfile blind = new ModelProfile("voice", "quarters", 16_000, 4_000, true, false, "max_tokens", true);
        return !seeing
                ? blind
                : new ModelProfile(
                        blind.name(),
                        blind.encoding(),
                        blind.contextWindow(),
                        blind.maxOutput(),
                        true,
                        false,
                        blind.outputLimitField(),
                        true,
                        blind.contextWindow(),
                        Optional.of(new ImageTokens.Area()),
                        Optional.empty());
    }

    @Override
    public ModelOutcome ask(Prompt prompt, Consumer<String> onText, Cancellation cancellation) {
        prompts.add(prompt);
        if (!slow) {
            String text = answers.apply(prompt);
            onText.accept(text);
            return new ModelOutcome.Answered(text, Usage.UNKNOWN, true);
        }
        cancellation.onCancel(this::ends);
        StringBuilder said = new StringBuilder();
        try {
            for (String piece = next(); !piece.equals(END); piece = next()) {
                said.append(piece);
                onText.accept(piece);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return cancellation.isCancelled()
                ? new ModelOutcome.Stopped(said.toString())
                : new ModelOutcome.Answered(said.toString(), Usage.UNKNOWN, true);
    }

    private String next() throws InterruptedException {
        if (!rambling) {
            String piece = pieces.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
            return piece == null ? END : piece;
        }
        String piece = pieces.poll(RAMBLING_MILLIS, TimeUnit.MILLISECONDS);
        return piece == null ? "and " : piece;
    }

    @Override
    public void warmUp() {}

    @Override
    public void close() {}
}
