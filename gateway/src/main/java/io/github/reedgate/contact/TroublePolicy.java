package io.github.reedgate.contact;

/**
 * What follows when a sensor can't be trusted. Immutable.
 *
 * @param chattering if it chatters
 * @param stuck if it does not come to rest
 * @param deaf if it moves without an edge
 * @param unreadable if it can't be read
 */
public record TroublePolicy(Rank chattering, Rank stuck, Rank deaf, Rank unreadable) {

    /** Events, and nothing else: what is told how often is up to the owner. */
    public static final TroublePolicy DEFAULT = new TroublePolicy(Rank.REPORT, Rank.REPORT, Rank.REPORT, Rank.REPORT);

    /** How important it is. */
    public enum Rank {
        /** It is an event, and stands in the detail. */
        REPORT,
        /** The alarm topic is told, too. */
        NOTIFY,
        /** While the sensor is watched, the alarm is raised; otherwise like {@link #NOTIFY}. */
        ALARM
    }

    /** What follows a trouble. */
    public Rank of(Trouble trouble) {
        return switch (trouble) {
            case CHATTERING -> chattering;
            case STUCK -> stuck;
            case DEAF -> deaf;
            case UNREADABLE -> unreadable;
        };
    }
}
