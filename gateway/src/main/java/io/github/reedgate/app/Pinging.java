package io.github.reedgate.app;

import io.github.reedgate.config.Config;
import io.github.reedgate.core.Input;
import io.github.reedgate.notify.HttpGet;
import io.github.reedgate.service.Ping;
import java.net.URI;
import java.util.Optional;

/**
 * The call of {@code ping.url}, wired together: it is made while loop, lines and store are alive, all sensors can be read, the broker is
 * connected and the store can be written.
 *
 * @param ping what calls; empty if no URL is configured
 * @param get how; empty likewise
 */
record Pinging(Optional<Ping> ping, Optional<HttpGet> get) implements AutoCloseable {

    /** Starts it if a URL is configured; closed when the loop has ended. */
    static Pinging of(Config config, Vigil vigil, Pulse pulse, InputQueue queue) {
        return config.diagnostics()
                .ping()
                .map(url -> begin(url, vigil, pulse, queue))
                .orElseGet(() -> new Pinging(Optional.empty(), Optional.empty()));
    }

    private static Pinging begin(URI url, Vigil vigil, Pulse pulse, InputQueue queue) {
        HttpGet get = new HttpGet();
        Ping ping = new Ping(
                "the gateway",
                () -> get.call(url, Ping.LIMIT),
                () -> vigil.isWell() && pulse.isWorking(),
                change -> queue.offer(new LoopInput.Core(new Input.PingChanged(change.isFailing(), change.message()))),
                Ping.EVERY);
        ping.start();
        return new Pinging(Optional.of(ping), Optional.of(get));
    }

    @Override
    public void close() {
        ping.ifPresent(Ping::close);
        get.ifPresent(HttpGet::close);
    }
}
