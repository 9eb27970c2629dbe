package io.github.reedgate.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Listens at a socket in the place of a gateway and answers each request with the same bytes, perhaps for ever. */
final class HostileSocket implements AutoCloseable {

    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final byte[] answer;
    private final boolean isEndless;

    /** Listens; answers on a thread of its own, until it is closed. */
    HostileSocket(Path socket, String answer, boolean isEndless) throws IOException {
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
        this.isEndless = isEndless;
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(this::serve, "hostile");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                client.read(ByteBuffer.allocate(4096));
                do {
                    client.write(ByteBuffer.wrap(answer));
                } while (isEndless && answer.length > 0);
                while (client.read(ByteBuffer.allocate(4096)) > 0 || (isEndless && client.isOpen())) {
                    client.write(ByteBuffer.wrap(answer));
                    Thread.onSpinWait();
                }
            } catch (IOException e) {
                // that client has gone, or this is closed
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
