package loci.replay;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import loci.chat.Author;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.engine.EngineSettings;
import loci.engine.Notes;
import loci.memory.ConversationStore;
import loci.memory.Digest;
import loci.memory.Exchanges;
import loci.memory.MemoryView;
import loci.memory.Role;
import loci.memory.Turn;
import loci.model.ImageTokens;
import loci.model.ModelProfile;
import loci.model.TokenCounter;
import loci.prompt.Assembly;
import loci.prompt.PromptAssembler;
import loci.prompt.PromptCounter;
import loci.prompt.Strategies;
import loci.prompt.Strategy;
import loci.prompt.TokenBudget;
import loci.replay.Facts.Found;
import loci.transcript.Entry;
import loci.transcript.Exchange;
import loci.transcript.Question;
import loci.transcript.Transcript;

/** One transcript, from its first message to its last question, under one strategy. Used once; not thread-safe. */
final class StrategyRun {

    /** The length of a reply where the transcript has none. */
    static final int ASSUMED_REPLY = 100;

    private static final ConversationId CONVERSATION = ConversationId.ofChannel("replay", "replay", "transcript");

    private final Transcript transcript;
    private final Strategy strategy;
    private final ReplaySetup setup;
    private final ConversationStore store;
    private final TranscriptClock clock;
    private final Consumer<Line> lines;
    private final ModelProfile model;
    private final TokenBudget budget;
    private final PromptCounter counter;
    private final PromptAssembler assembler;
    private final PromptCache cache;
    private final Bill replies;
    private final Bill summaries;
    private final MeteredModel summariser;
    private final Notes notes;
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final Map<Long, String> ids = new HashMap<>();
    private final Departures departures;
    private final Map<Found, Integer> found = new EnumMap<>(Found.class);
    private int prompts;
    private int refused;
    private int largest;
    private int largestAt;
    private int trimmed;
    private int failures;

    StrategyRun(
            Transcript transcript,
            Strategy strategy,
            ReplaySetup setup,
            Supplier<String> marks,
            ConversationStore store,
            TranscriptClock clock,
            Consumer<Line> lines) {
        this.transcript = transcript;
        this.strategy = strategy;
        this.setup = setup;
        this.store = store;
        this.clock = clock;
        this.lines = lines;
        this.model = setup.model();
        EngineSettings settings = chosen(setup.settings(), strategy);
        this.budget = settings.budget(strategy, model);
        TokenCounter remembering = new RememberingCounter(setup.counters().apply(model.encoding()));
        this.counter = new PromptCounter(remembering, model.images().orElseGet(ImageTokens.Area::new));
        this.assembler =
                new PromptAssembler(settings.personas().standing(), settings.noteRole(), settings.tools(), counter);
        this.cache = new PromptCache(counter);
        this.replies = new Bill(model.prices());
        // The stand-in writes what the model would be paid for; a summariser of one's own is counted and paid as
        // itself.
        ModelProfile writing = setup.secrets().isPresent() ? setup.summariser().profile() : model;
        this.summaries = new Bill(writing.prices());
        PromptCounter writingCounter = writing.encoding().equals(model.encoding())
                ? counter
                : new PromptCounter(setup.counters().apply(writing.encoding()));
        this.summariser = new MeteredModel(setup.summariser(), writing, writingCounter, summaries);
        this.notes = new Notes(
                store,
                new UnaskedModel(model),
                summariser,
                encoding -> encoding.equals(model.encoding())
                        ? remembering
                        : setup.counters().apply(encoding),
                settings,
                setup.redactor(),
                clock,
                marks);
        this.departures = new Departures(strategy, numbers);
    }

    private static EngineSettings chosen(EngineSettings all, Strategy strategy) {
        return new EngineSettings(
                all.botName(),
                all.personas().standing(),
                all.summaryInstructions(),
                new Strategies(strategy, List.of(strategy)),
                all.noteRole(),
                all.tools(),
                all.compaction(),
                all.permissions(),
                all.receivers(),
                all.promptTokens(),
                all.replyTokens());
    }

    Figures run() {
        for (Exchange exchange : Exchange.of(transcript)) {
            long number = restore(exchange);
            prompt(exchange, view(number));
            follow(exchange);
            condense();
        }
        ask(transcript.questions());
        return new Figures(
                strategy.name(),
                budget.promptTokens(),
                prompts,
                refused,
                largest,
                largestAt,
                replies.total(),
                summaries.total(),
                summariser.calls(),
                trimmed,
                failures,
                found);
    }

    private long restore(Exchange exchange) {
        clock.reach(exchange.opening().at());
        long number =
                store.restore(exchange.past(CONVERSATION, setup.redactor())).seq();
        int place = exchange.number();
        for (Turn turn : store.turns(CONVERSATION, new Exchanges(number, number), Integer.MAX_VALUE)) {
            ids.put(turn.seq(), transcript.entries().get(place - 1).id());
            numbers.put(turn.seq(), place++);
        }
        if (exchange.pinned()) {
            store.pin(CONVERSATION, number, true);
        }
        return number;
    }

    private MemoryView view(long exchange) {
        return store.view(CONVERSATION, exchange, strategy.reach(budget.promptTokens()))
                .orElseThrow(() -> new IllegalStateException("what was just recorded is not there"));
    }

    private void prompt(Exchange exchange, MemoryView view) {
        Entry opening = exchange.opening();
        switch (assembler.assemble(view, strategy, model, budget)) {
            case Assembly.DoesNotFit tooLong -> {
                refused++;
                departures.nothingSent();
                lines.accept(new Line.Refused(exchange.number(), opening, tooLong.needed(), tooLong.budget()));
            }
            case Assembly.Fits fits -> {
                prompts++;
                if (fits.counted() > largest) {
                    largest = fits.counted();
                    largestAt = exchange.number();
                }
                int cached = cache.serve(fits.prompt(), fits.counted(), clock.instant());
                replies.call(fits.counted(), cached, replyTokens(exchange));
                Line.Asked asked = asked(exchange, view, fits);
                trimmed += asked.left().stream().anyMatch(left -> left.reason() == Line.Reason.NO_ROOM) ? 1 : 0;
                lines.accept(asked);
            }
        }
    }

    private Line.Asked asked(Exchange exchange, MemoryView view, Assembly.Fits fits) {
        return new Line.Asked(
                exchange.number(),
                exchange.opening(),
                fits.counted(),
                fits.shown().window().size(),
                fits.shown().note().size(),
                fits.shown().pinned().size(),
                fits.waiting(),
                fits.liveCut(),
                departures.of(view, fits.shown()));
    }

    private int replyTokens(Exchange exchange) {
        int said = exchange.rest().stream()
                .filter(entry -> entry.role() == Role.BOT)
                .mapToInt(this::tokens)
                .sum();
        return said == 0 ? Math.min(ASSUMED_REPLY, budget.replyTokens()) : said;
    }

    private int tokens(Entry entry) {
        int calls = entry.toolCalls().stream()
                .mapToInt(call -> counter.count(call.name()) + counter.count(call.arguments()))
                .sum();
        return counter.count(entry.text()) + calls;
    }

    private void follow(Exchange exchange) {
        int number = exchange.number();
        for (Entry entry : exchange.rest()) {
            clock.reach(entry.at());
            lines.accept(new Line.Followed(++number, entry, tokens(entry)));
        }
    }

    private void condense() {
        if (!strategy.reach().note()) {
            return;
        }
        Set<Long> before = new HashSet<>();
        store.note(CONVERSATION).forEach(digest -> before.add(digest.number()));
        if (!notes.bringUpToDate(CONVERSATION)) {
            failures++;
            lines.accept(new Line.NoteFailed());
        }
        List<Digest> after = store.note(CONVERSATION);
        for (Digest digest : after) {
            if (!before.contains(digest.number())) {
                lines.accept(new Line.Condensed(
                        digest.level(),
                        firstNumber(digest),
                        lastNumber(digest),
                        digest.turns(),
                        counter.count(digest.text()),
                        after.size()));
            }
        }
    }

    /** A range begins right after the one before, with a number that may be no exchange's. */
    private int firstNumber(Digest digest) {
        long first = digest.covers().from();
        while (first < digest.covers().to() && !isOpening(first)) {
            first++;
        }
        return numbers.getOrDefault(first, 0);
    }

    /** Exchanges are numbered by their opening turn, so that the last turn of the last one is the one before the next. */
    private int lastNumber(Digest digest) {
        long last = digest.covers().to();
        while (numbers.containsKey(last + 1) && !isOpening(last + 1)) {
            last++;
        }
        return numbers.getOrDefault(last, 0);
    }

    private boolean isOpening(long seq) {
        Integer number = numbers.get(seq);
        return number != null && transcript.entries().get(number - 1).role() == Role.PERSON;
    }

    /** Asks each question as the next message; nothing of it is recorded but one message that stands for all of them. */
    private void ask(List<Question> questions) {
        if (questions.isEmpty()) {
            return;
        }
        MemoryView view = view(store.record(nextMessage()).seq());
        Facts facts = new Facts(transcript);
        for (Question question : questions) {
            Found what = switch (assembler.assemble(asking(view, question), strategy, model, budget)) {
                case Assembly.DoesNotFit tooLong -> Found.NOT;
                case Assembly.Fits fits -> facts.find(question, fits.shown(), ids);
            };
            found.merge(what, 1, Integer::sum);
        }
    }

    private MessagePosted nextMessage() {
        Set<String> taken = new HashSet<>(ids.values());
        String id = "question";
        while (taken.contains(id)) {
            id += "?";
        }
        Author asker = new Author("asker", "asker");
        return new MessagePosted(new EventId(id), CONVERSATION, new MessageRef(id), asker, "?", clock.instant(), true);
    }

    private static MemoryView asking(MemoryView view, Question question) {
        Turn live = view.live();
        Turn asked = new Turn(
                live.seq(),
                live.exchange(),
                live.role(),
                live.author(),
                live.message(),
                question.text(),
                live.at(),
                List.of(),
                null);
        return new MemoryView(
                view.conversation(),
                view.epoch(),
                view.mark(),
                view.note(),
                view.pinned(),
                view.window(),
                view.waiting(),
                asked);
    }
}
