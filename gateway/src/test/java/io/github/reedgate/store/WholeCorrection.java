package io.github.reedgate.store;

/** Corrects all that a correction concerns, page by page, as the store's thread does between batches. */
final class WholeCorrection {

    private WholeCorrection() {}

    static void apply(EventStore store, Correction correction) throws StoreException {
        Correction.Place at = Correction.Place.START;
        while (!at.isEnd()) {
            at = store.correct(correction, at, "");
        }
    }
}
