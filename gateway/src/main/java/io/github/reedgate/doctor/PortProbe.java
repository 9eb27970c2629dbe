package io.github.reedgate.doctor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Finds out whether a port speaks MQTT or HTTP in clear text. Stateless. */
final class PortProbe {

    private static final int CONNACK = 0x20;

    private PortProbe() {}

    /** True if the port answers to clear text; nobody logs in with it, no name or password is sent. */
    static boolean isClearText(Broker broker) {
        boolean isWebSocket = broker.settings().usesWebSocket();
        try (Socket socket = broker.connect()) {
            socket.getOutputStream()
                    .write(isWebSocket ? http() : connect(broker.settings().clientId()));
            socket.getOutputStream().flush();
            int first = socket.getInputStream().read();
            return isWebSocket ? first == 'H' : first == CONNACK;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] http() {
        return "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    }

    /** An MQTT 5 CONNECT with a clean start and a keep-alive of 10 s. */
    private static byte[] connect(String clientId) throws IOException {
        byte[] id = clientId.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(new byte[] {0, 4, 'M', 'Q', 'T', 'T', 5, 2, 0, 10, 0});
        packet.write(new byte[] {(byte) (id.length >> 8), (byte) id.length});
        packet.write(id);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(0x10);
        int left = packet.size();
        while (left > 127) {
            whole.write((left & 127) | 128);
            left >>= 7;
        }
        whole.write(left);
        packet.writeTo(whole);
        return whole.toByteArray();
    }
}
