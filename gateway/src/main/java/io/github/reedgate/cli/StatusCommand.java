package io.github.reedgate.cli;

import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reedgate status}: tells what the running gateway knows of panel and sensors. Owned by one command line. */
@Command(
        name = "status",
        description = {
            "Tells the state of the alarm panel, of each sensor and of each output, as the running gateway knows it,"
                    + " with or without a broker.",
            "Tells, too, how the connection to the broker is, how many messages wait for it and for how long, which topics"
                    + " the gateway does not hear and which messages were set aside.",
            "Run it as the gateway's user or as root."
        },
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--json",
            description =
                    "The latest payload of each retained topic, with outputs, waiting notices, lost subscriptions and"
                            + " messages set aside, as a JSON object on one line.")
    private boolean json;

    private final Clock clock;

    /** The command in this process. */
    StatusCommand() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    /** The command in a zone of a test's choice. */
    StatusCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Optional<Path> folder = store.folder(err);
        return folder.map(path -> new ControlClient(path, err).ask("status", this::tell))
                .orElseGet(store::failure);
    }

    private int tell(String answer) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            if (!answer.startsWith("ok ")) {
                err.println("reedgate: the gateway answered: " + answer);
                return ExitCode.FAILED;
            }
            Map<String, Object> payloads = parsed(JsonObject.read(answer.substring("ok ".length())));
            if (json) {
                out.println(LogJson.value(payloads));
            } else {
                new StatusSummary(payloads, clock.getZone())
                        .lines()
                        .forEach(line -> Folded.print(out, line, StatusSummary.INDENT));
            }
            return ExitCode.OK;
        } catch (IOException e) {
            err.println("reedgate: the gateway's answer can't be read: " + e.getMessage());
            return ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** Payloads that are JSON objects become maps. */
    private static Map<String, Object> parsed(Map<String, Object> texts) throws IOException {
        Map<String, Object> payloads = new LinkedHashMap<>();
        for (Map.Entry<String, Object> each : texts.entrySet()) {
            Object value = each.getValue();
            payloads.put(
                    each.getKey(),
                    value instanceof String text && text.startsWith("{") ? JsonObject.read(text) : value);
        }
        return payloads;
    }
}
