package io.github.reedgate.architecture.planted.core;

import org.slf4j.LoggerFactory;

/** Logs in the core. */
public final class Logger {

    /** Should be in the step's output. */
    public void log() {
        LoggerFactory.getLogger("planted").debug("planted");
    }
}
