package loci.memory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The simplest store replaces replies and knows what is quoted. */
class InMemoryStoreReplacingTest extends ConversationStoreReplacing {

    private @Nullable InMemoryStore last;

    @Override
    protected ConversationStore start() {
        last = Optional.ofNullable(last)
                .map(InMemoryStore::restarted)
                .orElseGet(() -> new InMemoryStore(StoreFixture.counting(), StoreFixture.ticking()));
        return last;
    }
}
