package io.github.reedgate.contact;

/** What a contact watches over; decides the words for its two positions. */
public enum SensorType {
    /** A door. */
    DOOR("open", "closed"),
    /** A window. */
    WINDOW("open", "closed"),
    /** A garage door. */
    GARAGE_DOOR("open", "closed"),
    /** Any other opening: a gate, a hatch, a letter box. */
    OPENING("open", "closed"),
    /** A tamper contact of a housing or cable. */
    TAMPER("tampered", "ok");

    private final String openWord;
    private final String closedWord;

    SensorType(String openWord, String closedWord) {
        this.openWord = openWord;
        this.closedWord = closedWord;
    }

    /** The state word for an open contact, as subscribers get it. */
    public String openWord() {
        return openWord;
    }

    /** The state word for a closed contact, as subscribers get it. */
    public String closedWord() {
        return closedWord;
    }

    /** The state word for a position. */
    public String word(Position position) {
        return position == Position.OPEN ? openWord : closedWord;
    }
}
