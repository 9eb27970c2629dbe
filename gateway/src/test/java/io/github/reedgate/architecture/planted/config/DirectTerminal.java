package io.github.reedgate.architecture.planted.config;

import org.jline.terminal.Terminal;

/** A planted mistake: the configuration knows the terminal. */
public final class DirectTerminal {

    private DirectTerminal() {}

    /** Knows it. */
    public static int width(Terminal terminal) {
        return terminal.getSize().getColumns();
    }
}
