package io.github.reedgate.doctor;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Just enough of an MQTT 5 broker to have its peculiarities chosen by a test; one client at a time, one topic. */
final class ScriptedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptedBroker.class);
    private static final byte[] NOTHING = {};

    private final Ways ways;
    private final ServerSocket server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private boolean isSubscribed;
    private byte[] kept = NOTHING;

    /**
     * How it behaves.
     *
     * @param connAck the whole packet, in hex
     * @param subAck reason code of each SUBACK
     * @param delivers whether a subscriber gets anything
     * @param keeps whether retained messages are kept
     */
    record Ways(String connAck, int subAck, boolean delivers, boolean keeps) {

        static final Ways USUAL = new Ways("20 03 00 00 00", 1, true, true);

        Ways withConnAck(String hex) {
            return new Ways(hex, subAck, delivers, keeps);
        }
    }

    ScriptedBroker(Ways ways) {
        this.ways = ways;
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.execute(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                isSubscribed = false;
                DataInputStream in = new DataInputStream(client.getInputStream());
                boolean goesOn = true;
                while (goesOn) {
                    goesOn = answer(in.readUnsignedByte(), packet(in), client.getOutputStream());
                }
            } catch (IOException e) {
                LOG.debug("a connection ended", e);
            }
        }
    }

    private static byte[] packet(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int digit = in.readUnsignedByte();
        while (digit >= 128) {
            length |= (digit & 127) << shift;
            shift += 7;
            digit = in.readUnsignedByte();
        }
        byte[] body = new byte[length | (digit << shift)];
        in.readFully(body);
        return body;
    }

    private boolean answer(int header, byte[] body, OutputStream out) throws IOException {
        switch (header >> 4) {
            case 1 -> out.write(HexFormat.ofDelimiter(" ").parseHex(ways.connAck()));
            case 3 -> publish((header & 1) == 1, body, out);
            case 8 -> {
                out.write(new byte[] {(byte) 0x90, 4, body[0], body[1], 0, (byte) ways.subAck()});
                isSubscribed = ways.subAck() < 0x80;
                if (kept.length > 0) {
                    deliver(true, kept, out);
                }
            }
            case 12 -> out.write(new byte[] {(byte) 0xD0, 0});
            default -> {
                return header >> 4 == 10;
            }
        }
        return true;
    }

    /** Topic, packet id, no properties, payload: without the id it is what a subscriber gets with QoS 0. */
    private void publish(boolean isRetained, byte[] body, OutputStream out) throws IOException {
        int id = 2 + ((body[0] << 8) | (body[1] & 255));
        out.write(new byte[] {0x40, 2, body[id], body[id + 1]});
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(body, 0, id);
        message.write(body, id + 2, body.length - id - 2);
        if (isRetained && ways.keeps()) {
            kept = message.size() == id + 1 ? NOTHING : message.toByteArray();
        }
        deliver(false, message.toByteArray(), out);
    }

    private void deliver(boolean isRetained, byte[] message, OutputStream out) throws IOException {
        if (!isSubscribed || !ways.delivers()) {
            return;
        }
        out.write(isRetained ? 0x31 : 0x30);
        if (message.length > 127) {
            out.write((message.length & 127) | 128);
        }
        out.write(message.length > 127 ? message.length >> 7 : message.length);
        out.write(Arrays.copyOf(message, message.length));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.shutdownNow();
    }
}
