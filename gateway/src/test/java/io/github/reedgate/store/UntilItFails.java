package io.github.reedgate.store;

import java.nio.file.Path;

/** Run as a process of its own: commits event after event until that fails, tries once more, and tells how far it came. */
final class UntilItFails {

    private static final int MOST = 2_000;

    private UntilItFails() {}

    /** Takes the folder; prints the number of the last event committed, the kind of failure and how the second try went. */
    public static void main(String[] arguments) throws StoreException {
        EventStore store = EventStore.open(Path.of(arguments[0]), Bounds.DEFAULT);
        for (long seq = 1; seq <= MOST; seq++) {
            try {
                store.commit(Samples.batch(seq));
            } catch (StoreException e) {
                System.out.println((seq - 1) + " " + e.trouble() + " then " + second(store, seq));
                Runtime.getRuntime().halt(0);
            }
        }
        System.out.println("never");
    }

    private static String second(EventStore store, long seq) {
        try {
            store.commit(Samples.batch(seq));
            return "written";
        } catch (StoreException e) {
            return "refused";
        }
    }
}
