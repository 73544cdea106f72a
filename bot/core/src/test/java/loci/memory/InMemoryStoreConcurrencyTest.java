package loci.memory;

/** The simplest store keeps the contract under many threads. */
class InMemoryStoreConcurrencyTest extends ConversationStoreConcurrency {

    @Override
    protected ConversationStore start() {
        return new InMemoryStore(StoreFixture.counting(), StoreFixture.ticking());
    }
}
