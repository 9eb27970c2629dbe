package io.github.reedgate.architecture.planted.line;

import com.pi4j.context.Context;

/** Knows the GPIO library outside its adapter. */
public final class DirectLine {

    /** Belongs in the adapter. */
    public void shutdown(Context context) {
        context.shutdown();
    }
}
