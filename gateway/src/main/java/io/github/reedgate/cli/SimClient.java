package io.github.reedgate.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection to the control socket of a gateway that runs with simulated switches. A request is a line of words; an answer
 * is a line that begins with {@code ok} or {@code error}, further lines indented by one space, and an empty line. Blocks;
 * used by one thread.
 */
final class SimClient implements AutoCloseable {

    private static final String OK = "ok ";
    private static final String ERROR = "error ";

    /** The simulator answers at once; waiting for the end of a scenario it says every few seconds that it goes on. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final Conversation simulator;

    private SimClient(Conversation simulator) {
        this.simulator = simulator;
    }

    /** Connects; fails at once if nobody listens there. */
    static SimClient connect(Path socket) throws IOException {
        return new SimClient(Conversation.with(socket, ANSWER_LIMIT));
    }

    /**
     * Asks for one thing.
     *
     * @param words the request; a word with white space or control characters in it is refused, for it would be another
     *     request
     * @throws IllegalArgumentException if there is such a word
     */
    SimAnswer ask(List<String> words) throws IOException {
        return exchange(line(words));
    }

    /** Asks for one thing that a text belongs to. */
    SimAnswer ask(List<String> words, String text) throws IOException {
        StringBuilder request = new StringBuilder(line(words));
        for (String line : text.split("\r?\n", -1)) {
            request.append(line).append(line.equals(".") ? " \n" : "\n");
        }
        return exchange(request.append(".\n").toString());
    }

    private static String line(List<String> words) {
        for (String word : words) {
            if (word.isEmpty() || word.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
                throw new IllegalArgumentException("'" + word.replaceAll("\\p{Cntrl}", "?")
                        + "' is empty or has a space or control character in it");
            }
        }
        return String.join(" ", words) + "\n";
    }

    private SimAnswer exchange(String request) throws IOException {
        return simulator.within(ANSWER_LIMIT, () -> {
            simulator.send(request);
            return answer();
        });
    }

    private SimAnswer answer() throws IOException {
        String first = simulator.wantedLine();
        if (!(first.startsWith(OK) || first.startsWith(ERROR))) {
            throw new EOFException("the simulator's answer is none");
        }
        List<String> body = new ArrayList<>();
        String line = simulator.line().orElse("");
        while (!line.isEmpty()) {
            body.add(line.substring(1));
            line = simulator.line().orElse("");
        }
        boolean ok = first.startsWith(OK);
        return new SimAnswer(ok, first.substring(ok ? OK.length() : ERROR.length()), body);
    }

    @Override
    public void close() throws IOException {
        simulator.close();
    }
}
