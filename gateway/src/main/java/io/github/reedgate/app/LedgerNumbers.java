package io.github.reedgate.app;

/**
 * Keeps numbers from repeating, together with what was sent of them. Used by the loop thread.
 *
 * @param ledger stores both
 */
record LedgerNumbers(StoreLedger ledger) implements SeqGuard {

    @Override
    public void used(long nextSeq) {
        ledger.used(nextSeq);
    }

    @Override
    public void stopped(long nextSeq) {
        ledger.stopped(nextSeq);
    }
}
