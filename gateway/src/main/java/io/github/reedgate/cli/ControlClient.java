package io.github.reedgate.cli;

import io.github.reedgate.file.GatewayProcesses;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.ToIntFunction;

/** Asks the running gateway something through its control socket. Used by one thread; blocks until there is an answer. */
final class ControlClient {

    /** How long a gateway may take to answer, beside what the request itself takes. */
    static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    private final Path folder;
    private final Path socket;
    private final PrintWriter err;

    /**
     * A client of one gateway.
     *
     * @param folder its state folder
     * @param err where it is told that no gateway answers
     */
    ControlClient(Path folder, PrintWriter err) {
        this.folder = folder;
        this.socket = folder.resolve("control.sock");
        this.err = err;
    }

    /**
     * Asks, and tells the answer.
     *
     * @param request one line
     * @param told takes the answer and gives the command's exit code
     * @return that, or {@link ExitCode#UNREACHABLE} if there is no answer
     */
    int ask(String request, ToIntFunction<String> told) {
        return ask(request, Duration.ZERO, told);
    }

    /**
     * Asks for something that takes its time, and prints the answer.
     *
     * @param request one line
     * @param duration how long it takes
     * @param told takes the answer and gives the command's exit code
     * @return that, or {@link ExitCode#UNREACHABLE} if there is no answer
     */
    int ask(String request, Duration duration, ToIntFunction<String> told) {
        try {
            return told.applyAsInt(ask(request, duration.plus(ANSWER_LIMIT)));
        } catch (IOException e) {
            return unreachable(e);
        }
    }

    /** Prints that no gateway answers, and why. */
    int unreachable(IOException why) {
        err.println("reedgate: no gateway answers at " + socket
                + new NoGateway(folder, socket, GatewayProcesses.ofThisMachine()).reason(why));
        err.flush();
        return ExitCode.UNREACHABLE;
    }

    /**
     * Asks.
     *
     * @param request one line
     * @throws IOException if there is no answer in time
     */
    String ask(String request) throws IOException {
        return ask(request, ANSWER_LIMIT);
    }

    private String ask(String request, Duration limit) throws IOException {
        try (Conversation gateway = Conversation.with(socket, limit)) {
            return gateway.within(limit, () -> {
                gateway.send(request + "\n");
                gateway.endRequest();
                return gateway.line().orElse("error no answer");
            });
        }
    }
}
