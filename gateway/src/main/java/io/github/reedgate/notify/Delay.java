package io.github.reedgate.notify;

import io.github.reedgate.event.Event;
import io.github.reedgate.notice.Notice;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long ago an event happened, as well as that is known. Immutable.
 *
 * @param age how long ago, or null if no clock tells
 * @param happened when by the wall clock, or null if that is not known
 * @param meant how long after the event the notice was to be told
 */
public record Delay(@Nullable Duration age, @Nullable Instant happened, Duration meant) {

    /**
     * What the gateway's clocks say.
     *
     * @param boot number of this start
     * @param uptimeMillis how long it is up
     * @param wall the wall clock's time
     * @param synced whether that can be trusted
     */
    public record Clocks(long boot, long uptimeMillis, Instant wall, boolean synced) {}

    /** How late a notice is: by the uptime if its event was in this start, else by the wall clock if that was and is right. */
    static Delay of(Notice notice, Clocks now) {
        Event.Stamp stamp = notice.event().stamp();
        Duration meant = Duration.ofMillis(notice.afterMillis());
        if (stamp.boot() == now.boot()) {
            Duration age = Duration.ofMillis(Math.max(0, now.uptimeMillis() - stamp.uptimeMillis()));
            return new Delay(age, now.synced() ? now.wall().minus(age) : null, meant);
        }
        if (!stamp.clockSynced()) {
            return new Delay(null, null, meant);
        }
        Duration age = Duration.between(stamp.time(), now.wall());
        return new Delay(now.synced() && !age.isNegative() ? age : null, stamp.time(), meant);
    }

    /** Whether it is told that much later than it was meant to be, or may be. */
    boolean isOver(Duration limit) {
        return age == null || age.minus(meant).compareTo(limit) > 0;
    }
}
