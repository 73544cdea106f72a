package loci.memory;

import java.util.List;

/** The simplest ledger keeps the contract under many threads. */
class InMemoryLedgerConcurrencyTest extends LedgerConcurrency {

    @Override
    protected List<Ledger> start() {
        return List.of(new InMemoryLedger());
    }
}
