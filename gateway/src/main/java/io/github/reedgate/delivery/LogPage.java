package io.github.reedgate.delivery;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import java.util.List;

/**
 * A page of the event log, as a {@link LogSource} read it. Immutable.
 *
 * @param request the number that the page was asked for with
 * @param covered the part of the range that the page answers for; begins where the range that was asked for does
 * @param rows the undamaged rows in {@code covered}, lowest number first, also of events that are not on disk yet; may be empty
 * @param complete true if every number of {@code covered} without a row has none in the log: it is pruned, dropped, damaged or was never
 *     used. False if the disk could not be read: then a number without a row says nothing
 */
public record LogPage(long request, SeqRange covered, List<LogRow> rows, boolean complete) {

    /** Copies the list. */
    public LogPage {
        rows = List.copyOf(rows);
    }
}
