package io.github.reedgate.sim;

import java.util.Collection;

/** A name that no simulated switch has; the message tells the nearest one that exists. */
public final class UnknownSwitchException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** For a name and all those that exist. */
    public UnknownSwitchException(String name, Collection<String> known) {
        super("no simulated switch is named '" + name + "'"
                + (known.isEmpty() ? "; there is none at all" : Nearest.hint(name, known)));
    }
}
