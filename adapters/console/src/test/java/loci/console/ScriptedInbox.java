package loci.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatPlatform;
import loci.chat.CommandAnswer;
import loci.chat.Delivery;
import loci.chat.Inbox;
import loci.chat.Reply;
import org.jspecify.annotations.Nullable;

/** A fake engine: answers each event from another thread, as the script says, and remembers what came in. */
final class ScriptedInbox implements Inbox, AutoCloseable {

    private final ExecutorService lane = Executors.newSingleThreadExecutor();
    private final List<ChatEvent> events = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private Function<MessagePosted, Optional<String>> replies = posted -> Optional.of("heard: " + posted.text());
    private Function<ChatEvent, CommandAnswer> answers = event -> CommandAnswer.of("done");
    private Runnable meanwhile = () -> {};
    private Acceptance acceptance = Acceptance.ACCEPTED;
    private @Nullable ChatPlatform platform;
    private int keys;

    void on(ChatPlatform chat) {
        platform = chat;
        chat.start(this);
    }

    ScriptedInbox replying(Function<MessagePosted, Optional<String>> script) {
        replies = script;
        return this;
    }

    ScriptedInbox answering(Function<ChatEvent, CommandAnswer> script) {
        answers = script;
        return this;
    }

    /** Does something before each reply. */
    ScriptedInbox meanwhile(Runnable what) {
        meanwhile = what;
        return this;
    }

    ScriptedInbox accepting(Acceptance what) {
        acceptance = what;
        return this;
    }

    @Override
    public synchronized Acceptance accept(ChatEvent event) {
        events.add(event);
        if (acceptance == Acceptance.ACCEPTED) {
            lane.execute(() -> react(event));
        }
        return acceptance;
    }

    private void react(ChatEvent event) {
        meanwhile.run();
        if (event instanceof MessagePosted posted) {
            replies.apply(posted).ifPresent(text -> deliver(reply(posted, text)));
        } else if (!(event instanceof ChatEvent.StopRequested)) {
            platform().answer(event, answers.apply(event));
        }
    }

    Reply reply(MessagePosted posted, String text) {
        return new Reply(
                "k" + ++keys, posted.conversation(), posted.message(), posted.author(), text, Reply.Kind.ANSWER);
    }

    void deliver(Reply reply) {
        deliveries.add(platform().deliver(reply));
    }

    ChatPlatform platform() {
        return Objects.requireNonNull(platform, "not started");
    }

    synchronized List<ChatEvent> events() {
        return List.copyOf(events);
    }

    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    /** Waits until all that came in has been reacted to. */
    void settle() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        lane.execute(reached::countDown);
        reached.await();
    }

    @Override
    public void close() {
        lane.shutdownNow();
    }
}
