package loci.memory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The simplest store keeps the contract. */
class InMemoryStoreTest extends ConversationStoreContract {

    private @Nullable InMemoryStore last;

    @Override
    protected ConversationStore start() {
        last = Optional.ofNullable(last)
                .map(InMemoryStore::restarted)
                .orElseGet(() -> new InMemoryStore(StoreFixture.counting(), StoreFixture.ticking()));
        return last;
    }
}
