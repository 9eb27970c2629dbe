package io.github.reedgate.cli;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    private final SocketChannel channel;
    private final BufferedReader reader;

    private SimClient(SocketChannel channel) {
        this.channel = channel;
        this.reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /** Connects; fails at once if nobody listens there. */
    static SimClient connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
        return new SimClient(channel);
    }

    /**
     * Asks for one thing.
     *
     * @param words the request; a word with white space or control characters in it is refused, for it would be another
     *     request
     * @throws IllegalArgumentException if there is such a word
     */
    SimAnswer ask(List<String> words) throws IOException {
        send(line(words));
        return answer();
    }

    /** Asks for one thing that a text belongs to. */
    SimAnswer ask(List<String> words, String text) throws IOException {
        StringBuilder request = new StringBuilder(line(words));
        for (String line : text.split("\r?\n", -1)) {
            request.append(line).append(line.equals(".") ? " \n" : "\n");
        }
        send(request.append(".\n").toString());
        return answer();
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

    private void send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private SimAnswer answer() throws IOException {
        String first = reader.readLine();
        if (first == null || !(first.startsWith(OK) || first.startsWith(ERROR))) {
            throw new EOFException("the simulator ended the connection without an answer");
        }
        List<String> body = new ArrayList<>();
        String line = reader.readLine();
        while (line != null && !line.isEmpty()) {
            body.add(line.substring(1));
            line = reader.readLine();
        }
        boolean ok = first.startsWith(OK);
        return new SimAnswer(ok, first.substring(ok ? OK.length() : ERROR.length()), body);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
