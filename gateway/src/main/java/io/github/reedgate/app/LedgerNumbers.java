package io.github.reedgate.app;

/**
 * Tells the ledger of numbers in use, too. Used by the loop thread.
 *
 * @param numbers who keeps them from repeating
 * @param ledger who wants to know the highest
 */
record LedgerNumbers(SeqGuard numbers, StoreLedger ledger) implements SeqGuard {

    @Override
    public void used(long nextSeq) {
        ledger.used(nextSeq);
        numbers.used(nextSeq);
    }

    @Override
    public void stopped(long nextSeq) {
        numbers.stopped(nextSeq);
    }
}
