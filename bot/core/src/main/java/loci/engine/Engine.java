package loci.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.ChatEvent.MessageDeleted;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.StopRequested;
import loci.chat.ChatPlatform;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.chat.Inbox;
import loci.command.Commands;
import loci.memory.ConversationStore;
import loci.memory.Forgetting;
import loci.memory.Forgetting.Scope;
import loci.memory.OpenQuestion;
import loci.memory.Recorded;
import loci.memory.Role;
import loci.memory.Turn;
import loci.model.Cancellation;
import loci.model.LanguageModel;
import loci.model.TokenCounter;
import loci.prompt.PromptCounter;
import loci.sanitize.Redactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine: what happens on a platform goes in here and is durable when {@link #accept} returns; answers, notes and forgetting follow
 * from what the store then says is to be done. Thread-safe.
 */
public final class Engine implements Inbox, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    /** No platform carries longer messages; more is cut, visibly, before it is stored. */
    private static final int MOST_CHARS = 100_000;

    private final ConversationStore store;
    private final Map<String, ChatPlatform> platforms = new ConcurrentHashMap<>();
    private final Redactor redactor;
    private final Forgetting forgetting;
    private final Responder responder;
    private final Compactor compactor;
    private final Outbox outbox;
    private final Commands commands;
    private final Executor executor;
    private final Timer timer;
    private final Lanes replies;
    private final Lanes notes;
    private final Backoff retries = new Backoff(FIRST_RETRY, LONGEST_RETRY);
    private final Map<ConversationId, Call> running = new ConcurrentHashMap<>();
    private final RecentEvents recentCommands = new RecentEvents();
    private final Set<ConversationId> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    /** The model call that is running for a question. */
    private record Call(OpenQuestion question, Cancellation cancellation) {}

    /**
     * What the engine is made of.
     *
     * @param executor runs lanes and commands; one virtual thread per task in production
     * @param timer retries what failed
     * @param secrets makes unguessable short words in lower-case letters and digits: marks and confirmation tokens
     */
    public record Parts(
            ConversationStore store,
            LanguageModel model,
            TokenCounter counter,
            Redactor redactor,
            EngineSettings settings,
            InstantSource clock,
            ZoneId zone,
            Executor executor,
            Timer timer,
            Supplier<String> secrets) {}

    public Engine(Parts parts) {
        this.store = parts.store();
        this.redactor = parts.redactor();
        this.executor = parts.executor();
        this.timer = parts.timer();
        this.forgetting = new Forgetting(store);
        PromptCounter counter = new PromptCounter(parts.counter());
        this.compactor = new Compactor(
                store, parts.model(), counter, parts.settings(), redactor, parts.clock(), parts.secrets());
        this.commands = new Commands(
                store, compactor::refresh, parts.settings().botName(), parts.clock(), parts.zone(), parts.secrets());
        this.responder = new Responder(store, parts.model(), counter, parts.settings(), redactor, commands::greeting);
        this.outbox = new Outbox(store, platforms);
        this.replies = new Lanes(executor, this::answerAndDeliver);
        this.notes = new Lanes(executor, this::compact);
    }

    /** The commands this engine knows. */
    public Commands commands() {
        return commands;
    }

    /** Serves a platform from now on, and takes up what was left undone for it when the process last ended. */
    public void serve(ChatPlatform platform) {
        platforms.put(platform.name(), platform);
        platform.start(this);
        for (ConversationId conversation : store.unsettled()) {
            if (conversation.platform().equals(platform.name())) {
                replies.wake(conversation);
            }
        }
    }

    @Override
    public Acceptance accept(ChatEvent event) {
        return switch (event) {
            case MessagePosted posted -> posted(posted);
            case MessageEdited edited -> edited(edited);
            case MessageDeleted deleted -> deleted(deleted);
            case CommandInvoked invoked -> answerLater(invoked, () -> commands.run(invoked));
            case ConfirmationGiven given -> answerLater(given, () -> commands.confirm(given));
            case StopRequested stop -> stop(stop.conversation());
        };
    }

    private Acceptance posted(MessagePosted posted) {
        MessagePosted safe = new MessagePosted(
                posted.event(),
                posted.conversation(),
                posted.message(),
                posted.author(),
                storable(posted.text()),
                posted.at(),
                posted.addressed());
        Recorded recorded = store.record(safe);
        // A repeated event too: it comes again where the store took it and failed before we could say so.
        (posted.addressed() ? replies : notes).wake(posted.conversation());
        return recorded.repeated() ? Acceptance.REPEATED : Acceptance.ACCEPTED;
    }

    private Acceptance edited(MessageEdited edited) {
        MessageEdited safe = new MessageEdited(
                edited.event(), edited.conversation(), edited.message(), storable(edited.text()), edited.at());
        Turn before = store.find(edited.conversation(), edited.message()).orElse(null);
        boolean ours = before != null && before.role() != Role.PERSON;
        if (before == null || ours || before.text().equals(safe.text())) {
            memoryChanged(edited.conversation()); // It may be here again because this failed the first time.
            return Acceptance.IGNORED;
        }
        forgetting.supersede(before, safe);
        memoryChanged(edited.conversation());
        return Acceptance.ACCEPTED;
    }

    private Acceptance deleted(MessageDeleted deleted) {
        Turn gone = store.find(deleted.conversation(), deleted.message()).orElse(null);
        if (gone == null) {
            memoryChanged(deleted.conversation()); // It may be here again because this failed the first time.
            return Acceptance.IGNORED;
        }
        Scope scope = new Scope.Turns(new TreeSet<>(List.of(gone.seq())));
        forgetting.carryOut(forgetting.plan(deleted.conversation(), scope));
        memoryChanged(deleted.conversation());
        return Acceptance.ACCEPTED;
    }

    private Acceptance answerLater(ChatEvent invocation, Supplier<CommandAnswer> action) {
        if (!recentCommands.isNew(invocation)) {
            return Acceptance.REPEATED;
        }
        executor.execute(() -> {
            CommandAnswer answer;
            try {
                answer = action.get();
            } catch (RuntimeException e) {
                LOG.error("{}: a command failed", invocation.conversation(), e);
                answer = CommandAnswer.of("⚠️ That failed. Please run the command again; the operator's log says why.");
            }
            show(invocation, answer);
        });
        return Acceptance.ACCEPTED;
    }

    private void show(ChatEvent invocation, CommandAnswer answer) {
        try {
            ChatPlatform platform = platforms.get(invocation.conversation().platform());
            if (platform != null) {
                platform.answer(invocation, answer);
            }
        } catch (RuntimeException e) {
            LOG.error("{}: what a command said could not be shown", invocation.conversation(), e);
        }
        try {
            memoryChanged(invocation.conversation());
        } catch (RuntimeException e) {
            LOG.error("{}: a call that may be of no use any more goes on", invocation.conversation(), e);
        }
    }

    private Acceptance stop(ConversationId conversation) {
        Call call = running.get(conversation);
        if (call == null) {
            return Acceptance.IGNORED;
        }
        call.cancellation().cancel();
        return Acceptance.ACCEPTED;
    }

    /** An erasure may have withdrawn the question being answered, or opened one again, and tears the note. */
    private void memoryChanged(ConversationId conversation) {
        Call call = running.get(conversation);
        if (call != null && !isOpen(conversation, call.question())) {
            call.cancellation().cancel();
        }
        replies.wake(conversation);
        notes.wake(conversation);
    }

    private boolean isOpen(ConversationId conversation, OpenQuestion question) {
        return store.nextQuestion(conversation)
                .filter(open -> open.exchange() == question.exchange())
                .isPresent();
    }

    private String storable(String text) {
        if (text.length() <= MOST_CHARS) {
            return redactor.redact(text).text();
        }
        int end = Character.isHighSurrogate(text.charAt(MOST_CHARS - 1)) ? MOST_CHARS - 1 : MOST_CHARS;
        String sign = " … [cut: the message had " + text.length() + " characters]";
        return redactor.redact(text.substring(0, end)).text() + sign;
    }

    private void answerAndDeliver(ConversationId conversation) {
        try {
            boolean done = answerAll(conversation) && outbox.deliver(conversation);
            if (done) {
                retries.succeeded(conversation);
                notes.wake(conversation);
            } else {
                tryAgain(conversation);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("{}: answering failed; nothing is lost, and it is tried again", conversation, e);
            tryAgain(conversation);
        }
    }

    private boolean answerAll(ConversationId conversation) {
        ChatPlatform platform = platforms.get(conversation.platform());
        if (platform == null) {
            return true;
        }
        for (var next = store.nextQuestion(conversation);
                next.isPresent() && !ending;
                next = store.nextQuestion(conversation)) {
            if (!outbox.deliver(conversation)) {
                return false;
            }
            OpenQuestion question = next.get();
            Call call = new Call(question, new Cancellation());
            running.put(conversation, call);
            if (ending) {
                call.cancellation().cancel(); // end() may have looked just before the call was put there.
            }
            try {
                boolean ended = responder.answer(
                        conversation,
                        question,
                        text -> progress(platform, conversation, question, text),
                        call.cancellation(),
                        () -> ending);
                if (!ended) {
                    return false;
                }
            } finally {
                running.remove(conversation, call);
            }
        }
        return true;
    }

    /** What is shown meanwhile is a courtesy: that it cannot be shown must not cost the answer. */
    private static void progress(
            ChatPlatform platform, ConversationId conversation, OpenQuestion question, String text) {
        try {
            platform.progress(question.key(), conversation, question.message(), text);
        } catch (RuntimeException e) {
            LOG.warn("{}: the beginning of an answer could not be shown", conversation, e);
        }
    }

    /** One retry waits at a time: each message that arrives during an outage fails too, and must not add a retry of its own. */
    private void tryAgain(ConversationId conversation) {
        if (!ending && waiting.add(conversation)) {
            timer.after(retries.failed(conversation), () -> {
                waiting.remove(conversation);
                replies.wake(conversation);
            });
        }
    }

    private void compact(ConversationId conversation) {
        try {
            compactor.compact(conversation);
        } catch (RuntimeException | Error e) {
            LOG.error("{}: condensing failed; nothing is lost, and it is tried with the next message", conversation, e);
        }
    }

    /** Waits until no lane has work, so long at most. Returns whether that came to be. What waits for a retry is not waited for. */
    public boolean awaitIdle(Duration timeout) {
        return replies.awaitIdle(timeout.toNanos(), TimeUnit.NANOSECONDS)
                && notes.awaitIdle(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Waits until every question of a platform is answered and every reply delivered, however long that takes.
     *
     * @throws InterruptedException where the waiting thread is interrupted
     */
    public void awaitAnswered(ChatPlatform platform) throws InterruptedException {
        while (!ending && owesAnything(platform)) {
            replies.awaitIdle(LONGEST_RETRY.toNanos(), TimeUnit.NANOSECONDS);
            CountDownLatch lookAgain = new CountDownLatch(1);
            timer.after(LOOK_AGAIN, lookAgain::countDown);
            if (owesAnything(platform)) {
                lookAgain.await();
            }
        }
    }

    private boolean owesAnything(ChatPlatform platform) {
        return store.unsettled().stream().anyMatch(owed -> owed.platform().equals(platform.name()));
    }

    /**
     * Stops the calls that are running and returns when no lane works any more. Questions whose answer was being written stay open and are
     * answered after the next start. Platforms must have stopped listening before; the store must be closed after.
     */
    @Override
    public void close() {
        end();
        boolean repliesEnded = replies.close(10, TimeUnit.SECONDS);
        boolean notesEnded = notes.close(10, TimeUnit.SECONDS);
        if (!repliesEnded || !notesEnded) {
            LOG.warn("some answers did not stop in time; they are written anew after the next start");
        }
    }

    /** Stops the calls that are running, without waiting until they have ended. */
    void end() {
        ending = true;
        running.values().forEach(call -> call.cancellation().cancel());
        compactor.close();
    }
}
