package io.github.reedgate.store;

/**
 * What was stored for the time after a restart. Immutable.
 *
 * @param row the text in the store; empty if there is none that can be read
 * @param copy the text in the copy beside the store; empty if there is none that can be read
 * @param trouble why both are empty although something was stored; empty if nothing ever was, or one of them is there
 */
public record SnapshotRecall(String row, String copy, String trouble) {

    /** Nothing was ever stored. */
    static final SnapshotRecall NOTHING = new SnapshotRecall("", "", "");

    /** The row of this and the copy of the other. */
    SnapshotRecall with(SnapshotRecall other) {
        boolean both = !trouble.isEmpty() && !other.trouble().isEmpty();
        String all = both ? trouble + ", and " + other.trouble() : trouble + other.trouble();
        boolean isNothing = row.isEmpty() && other.copy().isEmpty();
        return new SnapshotRecall(row, other.copy(), isNothing ? all : "");
    }

    /** Whether there is any text. */
    public boolean isFound() {
        return !row.isEmpty() || !copy.isEmpty();
    }
}
