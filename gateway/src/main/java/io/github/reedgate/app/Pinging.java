package io.github.reedgate.app;

import io.github.reedgate.config.Config;
import io.github.reedgate.core.Input;
import io.github.reedgate.notify.HttpGet;
import io.github.reedgate.service.Ping;
import java.net.URI;

/**
 * The call of {@code ping.url}, wired together: it is made while loop, lines and store are alive, all sensors can be read, the broker is
 * connected and the store can be written.
 *
 * @param ping what calls
 * @param get how
 */
record Pinging(Ping ping, HttpGet get) implements AutoCloseable {

    private static final AutoCloseable NOBODY = () -> {};

    /** Starts it if a URL is configured; closed when the loop has ended. */
    static AutoCloseable of(Config config, Vigil vigil, Pulse pulse, InputQueue queue) {
        return config.diagnostics().ping().map(url -> begin(url, vigil, pulse, queue)).orElse(NOBODY);
    }

    private static AutoCloseable begin(URI url, Vigil vigil, Pulse pulse, InputQueue queue) {
        HttpGet get = new HttpGet();
        Ping ping = new Ping(
                "the gateway",
                () -> get.call(url, Ping.LIMIT),
                () -> vigil.isWell() && pulse.isWorking(),
                change ->
                        queue.offer(new LoopInput.Core(new Input.PingChanged(change.isFailing(), change.message()))),
                Ping.EVERY);
        ping.start();
        return new Pinging(ping, get);
    }

    @Override
    public void close() {
        ping.close();
        get.close();
    }
}
