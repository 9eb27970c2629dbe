package io.github.reedgate.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
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
import java.util.Map;

/**
 * The simulated door of a running gateway, driven through the simulator's control socket as {@code reedgate sim} does.
 * Owned by one thread; its methods block for milliseconds.
 */
final class Door implements AutoCloseable {

    private final String name;
    private final SocketChannel channel;
    private final BufferedReader answers;

    /** Connects to the gateway's control socket. */
    Door(Path socket, String name) {
        this.name = name;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new DemoException("the simulator does not answer at " + socket, e);
        }
        answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /** Opens or closes the door; its contact bounces as an ordinary reed's. */
    void move(boolean open) {
        ask((open ? "open " : "close ") + name + " reed");
    }

    /** A burst of interference on the line while the door stands still. */
    void disturb() {
        ask("bounce " + name + " emi");
    }

    /** How many edges the line has had so far. */
    long edges() {
        try {
            for (String row : ask("status json")) {
                Map<String, Object> status = JSON.std.mapFrom(row);
                if (name.equals(status.get("name")) && status.get("edges_sent") instanceof Number edges) {
                    return edges.longValue();
                }
            }
        } catch (IOException e) {
            throw new DemoException("the simulator's status is not JSON", e);
        }
        throw new DemoException("the simulator knows no door " + name);
    }

    private List<String> ask(String request) {
        try {
            channel.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8)));
            String first = answers.readLine();
            if (first == null || !first.startsWith("ok")) {
                throw new DemoException("the simulator was asked to '" + request + "' and answered: " + first);
            }
            List<String> body = new ArrayList<>();
            String line = answers.readLine();
            while (line != null && !line.isEmpty()) {
                body.add(line.strip());
                line = answers.readLine();
            }
            return body;
        } catch (IOException e) {
            throw new DemoException("the simulator no longer answers", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
