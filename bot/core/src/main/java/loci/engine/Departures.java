package loci.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import loci.chat.ChatEvent.PlaceGone;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Forgetting;
import loci.memory.Forgetting.Scope;

/**
 * Forgets what was said in places that are gone. It is noted first what is to go, and erased after: a process that dies in between goes on
 * at its next start. Thread-safe.
 */
final class Departures {

    /** What is to go of a conversation: {@link #ALL}, or ids of threads. */
    private static final String SETTING = "gone";

    private static final String ALL = "*";

    /** What a setting holds. */
    private static final int LONGEST_NOTE = 1_990;

    private final ConversationStore store;
    private final Forgetting forgetting;

    Departures(ConversationStore store, Forgetting forgetting) {
        this.store = store;
        this.forgetting = forgetting;
    }

    /** Notes what goes with a place; returns the conversations that are touched. Durable when it returns. */
    synchronized List<ConversationId> note(PlaceGone gone) {
        ConversationId place = gone.conversation();
        List<ConversationId> touched = new ArrayList<>();
        for (ConversationId conversation : store.within(place.platform(), place.space())) {
            boolean inside = switch (gone.extent()) {
                case SPACE -> true;
                case CHANNEL -> conversation.channel().equals(place.channel());
                case THREAD -> conversation.equals(place);
            };
            if (inside) {
                store.set(conversation, SETTING, Optional.of(ALL));
                touched.add(conversation);
            }
        }
        String thread = place.thread();
        if (gone.extent() == PlaceGone.Extent.THREAD && thread != null) {
            ConversationId channel = ConversationId.ofChannel(place.platform(), place.space(), place.channel());
            if (store.newestExchange(channel) > 0) {
                String before = store.settings(channel).getOrDefault(SETTING, "");
                if (before.length() + thread.length() >= LONGEST_NOTE) {
                    carryOut(channel); // Hundreds of threads at once: there is no room to note one more.
                    before = store.settings(channel).getOrDefault(SETTING, "");
                }
                store.set(channel, SETTING, Optional.of(before.equals(ALL) ? ALL : (before + " " + thread).strip()));
                touched.add(channel);
            }
        }
        return touched;
    }

    /** The conversations of which something is still to go. */
    List<ConversationId> unfinished() {
        return store.having(SETTING);
    }

    /** Erases what is noted. Of a conversation that is gone altogether the settings go too: whoever comes back begins anew. */
    void carryOut(ConversationId conversation) {
        String noted = store.settings(conversation).getOrDefault(SETTING, "");
        if (noted.isEmpty()) {
            return;
        }
        if (noted.equals(ALL)) {
            forgetting.carryOut(forgetting.plan(conversation, new Scope.Here()));
            List<String> names = new ArrayList<>(store.settings(conversation).keySet());
            names.remove(SETTING);
            names.add(SETTING); // Last: until then it is known that something is left to do.
            names.forEach(name -> store.set(conversation, name, Optional.empty()));
            return;
        }
        List<String> threads = Arrays.asList(noted.split(" ", -1));
        forgetting.carryOut(forgetting.plan(conversation, new Scope.InThreads(threads)));
        finished(conversation, noted);
    }

    /** What was noted meanwhile stays noted. */
    private synchronized void finished(ConversationId conversation, String done) {
        String now = store.settings(conversation).getOrDefault(SETTING, "");
        String left = now.startsWith(done) ? now.substring(done.length()).strip() : now;
        store.set(conversation, SETTING, left.isEmpty() ? Optional.empty() : Optional.of(left));
    }
}
