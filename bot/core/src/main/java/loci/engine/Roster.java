package loci.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import loci.command.ModelOffer;
import loci.model.LanguageModel;
import loci.model.ModelOutcome.Cause;
import loci.model.TokenCounter;

/**
 * The models that may answer, and in which order they are asked: the channel's choice or else the operator's, then the fallbacks; a
 * channel's words go to no other. One that failed a short while ago is asked last, so that an outage costs one wait and not one for each message. Thread-safe.
 */
final class Roster {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final SequencedMap<String, CalibratedModel> byName = new LinkedHashMap<>();
    private final List<CalibratedModel> fallbacks;
    private final ModelOffer offer;
    private final InstantSource clock;
    private final Operators operators;
    private final Backoff<String> backoff = new Backoff<>(FIRST_PAUSE, LONGEST_PAUSE);
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();

    Roster(Engine.Models models, Function<String, TokenCounter> counters, InstantSource clock, Operators operators) {
        Stream.of(List.of(models.preferred()), models.choices(), models.fallbacks())
                .flatMap(List::stream)
                .forEach(model ->
                        byName.computeIfAbsent(model.profile().name(), name -> CalibratedModel.of(model, counters)));
        this.fallbacks = models.fallbacks().stream()
                .map(model -> named(model.profile().name()))
                .toList();
        this.offer = new ModelOffer(Stream.concat(Stream.of(models.preferred()), models.choices().stream())
                .map(LanguageModel::profile)
                .toList());
        this.clock = clock;
        this.operators = operators;
    }

    private CalibratedModel named(String name) {
        CalibratedModel model = byName.get(name);
        if (model == null) {
            throw new IllegalArgumentException("no model " + name);
        }
        return model;
    }

    /** What a channel can choose from. */
    ModelOffer offer() {
        return offer;
    }

    /** The operator's own choice. */
    CalibratedModel preferred() {
        return byName.firstEntry().getValue();
    }

    /** The model that holds under a conversation's settings, and by whose budget its prompts are measured. */
    CalibratedModel chosen(Map<String, String> settings) {
        return named(offer.chosen(settings));
    }

    /** Every model to try for a conversation, in the order to try them; each once. */
    List<CalibratedModel> inOrder(Map<String, String> settings) {
        List<CalibratedModel> wanted = Stream.concat(Stream.of(chosen(settings)), fallbacks.stream())
                .distinct()
                .toList();
        List<CalibratedModel> order = new ArrayList<>(
                wanted.stream().filter(model -> !failedLately(model)).toList());
        wanted.stream().filter(this::failedLately).forEach(order::add);
        return order.stream().distinct().toList();
    }

    private boolean failedLately(CalibratedModel model) {
        Instant until = notBefore.get(model.profile().name());
        return until != null && clock.instant().isBefore(until);
    }

    /** What says something of one prompt alone says nothing of the next. */
    void failed(CalibratedModel model, Cause cause) {
        switch (cause) {
            case UNAUTHORISED, OUT_OF_QUOTA, RATE_LIMITED, TIMED_OUT, UNREACHABLE, SERVER_FAILED -> pause(model);
            case REQUEST_REFUSED, NOT_UNDERSTOOD -> {}
        }
        String name = model.profile().name();
        operators.trouble(Warnings.model(name), cause.name(), Warnings.modelFails(name, cause));
    }

    /** None of those that were asked answered, and each failed in a way that lasts: what a question may be told otherwise is its own. */
    void noneAnswered(List<CalibratedModel> asked) {
        if (asked.size() > 1 && asked.stream().allMatch(this::failedLately)) {
            operators.trouble(Warnings.ANSWERS, "none", Warnings.NO_MODEL_ANSWERS);
        }
    }

    private void pause(CalibratedModel model) {
        String name = model.profile().name();
        notBefore.put(name, clock.instant().plus(backoff.failed(name)));
    }

    void answered(CalibratedModel model) {
        String name = model.profile().name();
        backoff.succeeded(name);
        notBefore.remove(name);
        operators.over(Warnings.model(name));
        operators.over(Warnings.ANSWERS);
    }
}
