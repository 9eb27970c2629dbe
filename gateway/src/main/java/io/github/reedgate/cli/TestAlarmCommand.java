package io.github.reedgate.cli;

import io.github.reedgate.message.Reply;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reedgate test-alarm}: has the running gateway raise a test alarm and waits for the broker's acknowledgement. */
@Command(
        name = "test-alarm",
        description = "Has the running gateway send a test alarm, the way a real one goes, and tells whether the broker"
                + " acknowledged it. Run it as the gateway's user or as root.",
        mixinStandardHelpOptions = true)
final class TestAlarmCommand implements Callable<Integer> {

    private static final int LONGEST_SECONDS = 600;

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait, 1 to 600 (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds = 10;

    @Override
    public Integer call() {
        if (timeoutSeconds < 1 || timeoutSeconds > LONGEST_SECONDS) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout is " + timeoutSeconds + "; 1 to " + LONGEST_SECONDS + " is allowed");
        }
        PrintWriter err = spec.commandLine().getErr();
        return store.folder(err)
                .map(folder -> new ControlClient(folder, err)
                        .ask("test-alarm " + timeoutSeconds, Duration.ofSeconds(timeoutSeconds), this::tell))
                .orElseGet(store::failure);
    }

    private int tell(String answer) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            String[] words = answer.split(" ", -1);
            boolean stored = !answer.endsWith(" not_stored");
            if (answer.startsWith("ok ")) {
                Folded.print(out, "test alarm sent; the broker acknowledged it after " + words[1] + " ms", 2);
                if (!stored) {
                    err.println("reedgate: " + Reply.NOT_STORED + "; the disk can't be written: reedgate doctor");
                }
                return ExitCode.OK;
            }
            if (words[0].equals("late")) {
                err.println("reedgate: the broker did not acknowledge the test alarm within " + timeoutSeconds
                        + " s; it is "
                        + (stored ? "kept" : "kept in memory only, as the disk can't be written,")
                        + " and sent as soon as there is a connection");
                return ExitCode.TIMED_OUT;
            }
            err.println("reedgate: the gateway answered: " + answer);
            return ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }
}
