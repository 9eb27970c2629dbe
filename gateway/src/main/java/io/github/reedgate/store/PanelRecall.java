package io.github.reedgate.store;

/**
 * What the alarm panel remembers of the time before a start. Immutable.
 *
 * @param document all of it; empty if there is none
 * @param trouble why there is none although something was kept; empty if nothing ever was, or there is a document
 */
public record PanelRecall(String document, String trouble) {

    /** Nothing was ever kept. */
    static final PanelRecall NOTHING = new PanelRecall("", "");

    /** The same from another place, if this one has no document. */
    PanelRecall or(PanelRecall other) {
        if (!document.isEmpty()) {
            return this;
        }
        boolean both = !trouble.isEmpty() && !other.trouble().isEmpty();
        String all = both ? trouble + ", and " + other.trouble() : trouble + other.trouble();
        return other.document().isEmpty() ? new PanelRecall("", all) : other;
    }
}
