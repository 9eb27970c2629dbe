package io.github.reedgate.bench;

import io.github.reedgate.app.StartException;
import io.github.reedgate.line.LineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;

/** The measuring program, and with the name of a role as first argument each of its child processes. */
public final class Main {

    private Main() {}

    /** Runs a role, or measures as the options say. */
    public static void main(String[] args) throws IOException, LineException, StartException, InterruptedException {
        String role = args.length == 0 ? "" : args[0];
        switch (role) {
            case "broker" -> Broker.serve();
            case "gateway" -> GatewayPublisher.run(Integer.parseInt(args[1]), Path.of(args[2]));
            case "starts" -> ManyStarts.run(Arrays.copyOfRange(args, 1, args.length));
            case "bare" -> BarePublisher.run(Integer.parseInt(args[1]), args[2]);
            default -> System.exit(new CommandLine(new Measure()).execute(args));
        }
    }
}
