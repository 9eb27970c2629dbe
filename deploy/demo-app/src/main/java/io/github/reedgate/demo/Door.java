package io.github.reedgate.demo;

import java.nio.file.Path;

/** The simulated door of a running gateway, driven through the simulator's control socket. Owned by one thread. */
final class Door implements AutoCloseable {

    Door(Path socket, String name) {
        throw new DemoException("no way to move " + name + " through " + socket);
    }

    void move(boolean open) {}

    void disturb() {}

    long edges() {
        return 0;
    }

    @Override
    public void close() {}
}
