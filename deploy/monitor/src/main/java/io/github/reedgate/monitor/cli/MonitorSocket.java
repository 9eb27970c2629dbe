package io.github.reedgate.monitor.cli;

import io.github.reedgate.app.ControlSocket;
import io.github.reedgate.cli.Conversation;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the running monitor on this machine. Stateless; blocks for some seconds at most. */
final class MonitorSocket {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private MonitorSocket() {}

    /**
     * Sends a request and returns the first line of the answer.
     *
     * @throws IOException if no monitor answers in time
     */
    static String ask(Path socket, String request) throws IOException {
        try (Conversation monitor = Conversation.with(socket, LIMIT)) {
            return monitor.within(LIMIT, () -> {
                monitor.send(request + "\n");
                monitor.endRequest();
                return monitor.line().orElse("error no answer");
            });
        }
    }

    /** Says which missing numbers a running monitor asks gateways for now; nothing if none runs here. */
    static void printAsking(MonitorConfig config, PrintWriter err) {
        Path socket = config.stateDir().resolve(ControlSocket.NAME);
        if (!ControlSocket.isServed(socket)) {
            return;
        }
        try {
            String answer = ask(socket, "status");
            Map<String, @Nullable Object> status = JsonObject.read(answer.replaceFirst("^ok ", ""));
            if (status.get("asking") instanceof Map<?, ?> asking) {
                asking.forEach((gateway, range) ->
                        err.println("reedgate-monitor: gateway " + gateway + " is being asked for " + range));
            }
        } catch (IOException e) {
            err.println("reedgate-monitor: whether a gateway is being asked is not known: " + e.getMessage());
        }
    }
}
