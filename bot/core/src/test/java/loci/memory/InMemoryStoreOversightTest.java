package loci.memory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The simplest store keeps opt-outs and the audit, and tells how conversations stand. */
class InMemoryStoreOversightTest extends ConversationStoreOversight {

    private @Nullable InMemoryStore last;

    @Override
    protected ConversationStore start() {
        last = Optional.ofNullable(last)
                .map(InMemoryStore::restarted)
                .orElseGet(() -> new InMemoryStore(StoreFixture.counting(), StoreFixture.ticking()));
        return last;
    }
}
