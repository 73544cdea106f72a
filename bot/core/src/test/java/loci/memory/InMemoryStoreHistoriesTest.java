package loci.memory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The model agrees with itself over restarts, which shows that the histories can be told. */
class InMemoryStoreHistoriesTest extends RandomHistories {

    private @Nullable InMemoryStore last;

    @Override
    protected ConversationStore start() {
        last = Optional.ofNullable(last)
                .map(InMemoryStore::restarted)
                .orElseGet(() -> new InMemoryStore(StoreFixture.counting(), () -> StoreFixture.NOON));
        return last;
    }
}
