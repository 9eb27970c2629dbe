package io.github.reedgate.contact;

import org.jspecify.annotations.Nullable;

/** Why a sensor can't be trusted; the order is the order of severity. */
public enum Trouble {
    /** Too many edges or changes a minute: a loose wire, a worn reed, interference. */
    CHATTERING(Health.CHATTERING, "chatters"),
    /** It has not come to rest for ten seconds or longer. */
    STUCK(Health.STUCK, "does not come to rest"),
    /** Its line moved without telling. Its level is read more often then, so no move is missed that lasts. */
    DEAF(Health.FAULT, "moves without an edge"),
    /** Its line, or the second line that guards it, can't be read. */
    UNREADABLE(Health.FAULT, "can't be read");

    private final Health health;
    private final String words;

    Trouble(Health health, String words) {
        this.health = health;
        this.words = words;
    }

    /** The health of a sensor that has this trouble. */
    public Health health() {
        return health;
    }

    /** The health of a sensor that has this trouble, or none. */
    public static Health healthOf(@Nullable Trouble trouble) {
        return trouble == null ? Health.OK : trouble.health;
    }

    /** What the sensor does, to follow its name. */
    public String words() {
        return words;
    }
}
