package io.github.reedgate.doctor;

import java.util.List;
import java.util.Locale;

/** The checks in the order in which they are made, each with those that make no sense to try after another failed. */
public enum CheckName {
    /** The Java runtime. */
    JAVA,
    /** The configuration file. */
    CONFIG,
    /** The folder into which native libraries are unpacked. */
    TEMP,
    /** The unit of systemd. */
    UNIT,
    /** The board. */
    BOARD,
    /** The GPIO chips and their labels. */
    CHIP,
    /** Who may open them. */
    PERMISSIONS,
    /** Whether each sensor's line is free. */
    LINES,
    /** What the lines read now. */
    LEVEL,
    /** Whether something holds an open line at one level. */
    PULL,
    /** Whether the clock is right. */
    CLOCK,
    /** The state folder and its disk. */
    DISK,
    /** The store in it. */
    STORE,
    /** Who may command the alarm panel. */
    USERS,
    /** Password and key files. */
    SECRETS,
    /** The broker's address. */
    DNS,
    /** Its port. */
    TCP,
    /** Its certificate. */
    TLS,
    /** Whether it lets the gateway in. */
    LOGIN,
    /** Whether the gateway may write below its own root. */
    PUBLISH,
    /** Whether it may read there. */
    SUBSCRIBE,
    /** Whether the broker keeps retained messages. */
    RETAIN;

    /** As it is written on the command line and in what is printed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those that must not have failed. */
    List<CheckName> needs() {
        return switch (this) {
            case CHIP -> List.of(BOARD);
            case PERMISSIONS -> List.of(CHIP);
            case LINES -> List.of(CONFIG, TEMP, PERMISSIONS);
            case LEVEL -> List.of(LINES);
            case PULL -> List.of(LINES);
            case DISK -> List.of(CONFIG);
            case STORE -> List.of(TEMP, DISK);
            case USERS -> List.of(DISK);
            case SECRETS -> List.of(CONFIG);
            case DNS -> List.of(CONFIG);
            case TCP -> List.of(DNS);
            case TLS -> List.of(TCP);
            case LOGIN -> List.of(SECRETS, TLS);
            case PUBLISH -> List.of(LOGIN);
            case SUBSCRIBE -> List.of(PUBLISH);
            case RETAIN -> List.of(PUBLISH);
            default -> List.of();
        };
    }
}
