package io.github.reedgate.cli;

import io.github.reedgate.file.OrdinaryFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code reedgate sim play}: has the simulator play a scenario. */
@Command(
        name = "play",
        description = "Plays a scenario in the running gateway and returns at once.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  reedgate sim play evening.scenario                  a file",
            "  reedgate sim play ordinary_day --speed 600          a ready one, a day in 144 s",
            "  reedgate sim play burglary --wait                   return when it is over"
        })
final class SimPlayCommand implements Callable<Integer> {

    private static final int LARGEST_BYTES = 1_048_576;
    private static final double SLOWEST = 0.01;
    private static final double FASTEST = 100_000;
    private static final Pattern READY_NAME = Pattern.compile("[a-z0-9_]+");

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final SimSocketOption socket = new SimSocketOption();

    @Parameters(
            paramLabel = "FILE|NAME",
            description = "A scenario file, or the name of a ready one ('reedgate sim scenarios' lists them).")
    private String what = "";

    @Option(
            names = "--speed",
            paramLabel = "N",
            description =
                    "Scenario seconds a second, 0.01 to 100000 (default: ${DEFAULT-VALUE}); bounces keep their pace.")
    private double speed = 1;

    @Option(names = "--wait", description = "Return when the scenario is over.")
    private boolean wait;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (!(speed >= SLOWEST && speed <= FASTEST)) {
            throw new ParameterException(spec.commandLine(), "--speed is " + speed + "; 0.01 to 100000 is allowed");
        }
        Path file = file();
        Optional<String> text = Optional.empty();
        if (Files.exists(file)) {
            text = read(file, err);
            if (text.isEmpty()) {
                return ExitCode.FAILED;
            }
        } else if (!READY_NAME.matcher(what).matches()) {
            err.println("reedgate: " + file + ": there is no such file");
            err.flush();
            return ExitCode.FAILED;
        }
        Optional<String> scenario = text;
        return socket.talk(client -> play(client, scenario));
    }

    private Path file() {
        try {
            return CheckedCommandLine.path(what);
        } catch (TypeConversionException e) {
            throw new ParameterException(spec.commandLine(), "FILE|NAME: " + e.getMessage(), e);
        }
    }

    private int play(SimClient client, Optional<String> text) throws IOException {
        List<String> words = new ArrayList<>(List.of("play"));
        if (text.isEmpty()) {
            words.add(what);
        }
        words.addAll(List.of("speed", Double.toString(speed)));
        SimAnswer answer = text.isPresent() ? client.ask(words, text.get()) : client.ask(words);
        int code = socket.tell(answer);
        return code == ExitCode.OK && wait ? waitForEnd(client) : code;
    }

    private int waitForEnd(SimClient client) throws IOException {
        spec.commandLine().getOut().flush();
        SimAnswer answer = client.ask(List.of("play", "wait"));
        while (answer.ok() && answer.text().startsWith("playing ")) {
            answer = client.ask(List.of("play", "wait"));
        }
        return socket.tell(answer);
    }

    private static Optional<String> read(Path file, PrintWriter err) {
        try {
            byte[] content = OrdinaryFile.readNamed(file, LARGEST_BYTES);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException wrong) {
            err.println("reedgate: " + file + " is not text in UTF-8");
        } catch (IOException unreadable) {
            err.println("reedgate: " + file + " cannot be read: " + unreadable.getMessage());
        } finally {
            err.flush();
        }
        return Optional.empty();
    }
}
