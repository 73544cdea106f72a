package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.MessageDeleted;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.Inbox;
import loci.chat.MessageRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the store refuses is handed in again, and overtakes nothing. */
class EntranceTest {

    private static final ConversationId HERE = ConversationId.ofChannel("discord", "1", "2");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final List<Runnable> later = new ArrayList<>();
    private final List<ChatEvent> stored = new ArrayList<>();
    private boolean broken;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            later.add(command);
            return super.schedule(() -> {}, 0, TimeUnit.MILLISECONDS);
        }
    };

    private final Entrance entrance = new Entrance(timer);

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    private void opens() {
        entrance.open(new Inbox() {
            @Override
            public Acceptance accept(ChatEvent event) {
                if (broken) {
                    throw new IllegalStateException("the disk is full");
                }
                stored.add(event);
                return Acceptance.ACCEPTED;
            }
        });
    }

    private static MessageEdited edit(String text, int second) {
        return new MessageEdited(
                new EventId("e" + second), HERE, new MessageRef("2/7"), text, NOON.plusSeconds(second));
    }

    private static MessageDeleted deletion() {
        return new MessageDeleted(new EventId("d7"), HERE, new MessageRef("2/7"), NOON.plusSeconds(9));
    }

    private void timePasses() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void whatWasRefusedComesAgain() {
        opens();
        broken = true;
        entrance.hand(edit("one", 1));
        timePasses();
        assertThat(stored).isEmpty();
        broken = false;
        timePasses();
        assertThat(stored).containsExactly(edit("one", 1));
        timePasses();
        assertThat(stored).hasSize(1);
    }

    @Test
    void anOldEditDoesNotComeAfterANewerOneThatWasStored() {
        opens();
        broken = true;
        entrance.hand(edit("one", 1));
        broken = false;
        entrance.hand(edit("two", 2));
        timePasses();
        assertThat(stored).containsExactly(edit("two", 2));
    }

    @Test
    void ofSeveralThatWereRefusedOnlyTheNewestComesAgain() {
        opens();
        broken = true;
        entrance.hand(edit("one", 1));
        entrance.hand(edit("two", 2));
        entrance.hand(edit("looked up before", 1));
        entrance.hand(deletion());
        entrance.hand(edit("withdrawn", 3));
        broken = false;
        timePasses();
        assertThat(stored).containsExactly(deletion());
        assertThat(later).isEmpty();
    }
}
