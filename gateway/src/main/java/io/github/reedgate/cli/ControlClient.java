package io.github.reedgate.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Asks the running gateway something through its control socket. Used by one thread; blocks until there is an answer. */
final class ControlClient {

    private final Path socket;
    private final PrintWriter err;

    /**
     * A client of one gateway.
     *
     * @param folder its state folder
     * @param err where it is told that no gateway answers
     */
    ControlClient(Path folder, PrintWriter err) {
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
        try {
            return told.applyAsInt(ask(request));
        } catch (IOException e) {
            return unreachable(e);
        }
    }

    /** Tells that no gateway answers. */
    int unreachable(IOException why) {
        err.println("reedgate: no gateway answers at " + socket + " (" + why.getMessage()
                + "); is it running, and are you its user or root?");
        err.flush();
        return ExitCode.UNREACHABLE;
    }

    /**
     * Asks.
     *
     * @param request one line
     * @throws IOException if there is no answer
     */
    String ask(String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            BufferedReader answer = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            return Optional.ofNullable(answer.readLine()).orElse("error no answer");
        }
    }
}
