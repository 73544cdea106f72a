package loci.memory;

/** The simplest ledger keeps the contract. */
class InMemoryLedgerTest extends LedgerContract {

    @Override
    protected Ledger start() {
        return new InMemoryLedger();
    }
}
