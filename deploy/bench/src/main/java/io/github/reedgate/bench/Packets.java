package io.github.reedgate.bench;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** As much of MQTT 5 as a subscriber needs. Stateless; integers are those of the standard, big-endian. */
final class Packets {

    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int SUBACK = 9;

    private static final int PAYLOAD_FORMAT = 0x01;
    private static final int EXPIRY = 0x02;
    private static final int CONTENT_TYPE = 0x03;
    private static final int USER_PROPERTY = 0x26;

    private Packets() {}

    /**
     * One packet.
     *
     * @param type the packet type, such as {@link #PUBLISH}
     * @param flags the lower four bits of its first byte
     * @param body what follows the fixed header, ready to be read
     */
    record Packet(int type, int flags, ByteBuffer body) {}

    /**
     * A PUBLISH taken apart.
     *
     * @param packetId its identifier, or 0 with QoS 0
     * @param topic its topic
     * @param payload its payload as text
     * @param seq the user property {@code seq}, or -1 if it has none
     */
    record Publish(int packetId, String topic, String payload, long seq) {}

    /** CONNECT with a clean start, without keep-alive. */
    static byte[] connect(String clientId) {
        ByteBuffer body = ByteBuffer.allocate(64);
        text(body, "MQTT").put((byte) 5).put((byte) 0x02).putShort((short) 0).put((byte) 0);
        text(body, clientId);
        return packet(0x10, body);
    }

    /** SUBSCRIBE to one filter with QoS 1. */
    static byte[] subscribe(String filter) {
        ByteBuffer body = ByteBuffer.allocate(128);
        body.putShort((short) 1).put((byte) 0);
        text(body, filter).put((byte) 1);
        return packet(0x82, body);
    }

    static byte[] puback(int packetId) {
        return packet(0x40, ByteBuffer.allocate(2).putShort((short) packetId));
    }

    /** Takes the next whole packet out of what was received; empty, with nothing taken, if there is none yet. */
    static Optional<Packet> next(ByteBuffer received) {
        int start = received.position();
        try {
            int first = received.get() & 0xFF;
            int length = variable(received);
            if (length <= received.remaining()) {
                ByteBuffer body = received.slice(received.position(), length);
                received.position(received.position() + length);
                return Optional.of(new Packet(first >> 4, first & 0x0F, body));
            }
        } catch (BufferUnderflowException e) {
            // the header itself is not complete yet
            received.position(start);
            return Optional.empty();
        }
        received.position(start);
        return Optional.empty();
    }

    /**
     * Takes a PUBLISH apart.
     *
     * @throws BenchException if it has a property that nobody sends here
     */
    static Publish publish(Packet packet) {
        ByteBuffer body = packet.body();
        String topic = text(body);
        int packetId = (packet.flags() & 0x06) == 0 ? 0 : body.getShort() & 0xFFFF;
        int length = variable(body);
        int end = body.position() + length;
        long seq = -1;
        while (body.position() < end) {
            int property = body.get();
            switch (property) {
                case PAYLOAD_FORMAT -> body.get();
                case EXPIRY -> body.getInt();
                case CONTENT_TYPE -> text(body);
                case USER_PROPERTY -> {
                    String name = text(body);
                    String value = text(body);
                    seq = name.equals("seq") ? Long.parseLong(value) : seq;
                }
                default -> throw new BenchException("property " + property + " of a message on " + topic + " is new");
            }
        }
        return new Publish(packetId, topic, StandardCharsets.UTF_8.decode(body).toString(), seq);
    }

    private static byte[] packet(int first, ByteBuffer body) {
        body.flip();
        byte[] whole = new byte[body.remaining() + 2];
        whole[0] = (byte) first;
        whole[1] = (byte) body.remaining();
        body.get(whole, 2, body.remaining());
        return whole;
    }

    private static int variable(ByteBuffer from) {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            byte part = from.get();
            value |= (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new BenchException("a length of more than four bytes was received; is that an MQTT broker?");
    }

    private static ByteBuffer text(ByteBuffer to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return to.putShort((short) bytes.length).put(bytes);
    }

    private static String text(ByteBuffer from) {
        byte[] bytes = new byte[from.getShort() & 0xFFFF];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
