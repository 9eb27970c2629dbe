package io.github.reedgate.app;

/**
 * Tells the ledger of steps, too. Used by the loop thread.
 *
 * @param numbers who keeps them from repeating
 * @param ledger who keeps what was sent
 */
record LedgerNumbers(SeqGuard numbers, StoreLedger ledger) implements SeqGuard {

    @Override
    public void used(long nextSeq) {
        ledger.stepped();
        numbers.used(nextSeq);
    }

    @Override
    public void stopped(long nextSeq) {
        numbers.stopped(nextSeq);
    }
}
