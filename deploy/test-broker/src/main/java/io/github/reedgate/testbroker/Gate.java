package io.github.reedgate.testbroker;

/** Lets threads through while open. Safe for use by any thread. */
final class Gate {

    private boolean open = true;

    synchronized void open() {
        open = true;
        notifyAll();
    }

    synchronized void close() {
        open = false;
    }

    /** Blocks while the gate is closed. */
    synchronized void pass() throws InterruptedException {
        while (!open) {
            wait();
        }
    }
}
