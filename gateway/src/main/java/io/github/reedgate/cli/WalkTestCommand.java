package io.github.reedgate.cli;

import io.github.reedgate.core.WalkAnswer;
import io.github.reedgate.core.WalkTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reedgate walktest}: shows each sensor as it is moved, and those not yet moved. Owned by one command line. */
@Command(
        name = "walktest",
        description = {
            "Walk through the house, open and close everything: each sensor is printed as the running gateway sees it"
                    + " move, with the bell of the terminal, and those not yet moved are listed. It ends when all were"
                    + " moved open and closed, with Ctrl-C, or when the time is over.",
            "While it runs the alarm panel raises no alarm, not for tamper and panic sensors either; openings are"
                    + " published as always. It only begins while the panel is disarmed, and ends when the panel is armed,"
                    + " this command ends or the gateway starts anew. Run it as the gateway's user or as root."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo reedgate walktest",
            "  sudo reedgate walktest --for 10m --quiet",
            "",
            "Exit codes: 0 all were moved, 1 some were not, or it can't begin, 2 wrong command line, 3 wrong"
                    + " configuration,",
            "4 no gateway answers, 6 the time is over and some were not, 130 ended with Ctrl-C."
        })
final class WalkTestCommand implements Callable<Integer> {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How long it lasts at most, from 1s to 1h (default: 30m).")
    private Duration length = Duration.ofMinutes(30);

    @Option(names = "--quiet", description = "Do not ring the bell.")
    private boolean quiet;

    private final @Nullable Pause pause;
    private final boolean isTerminal;
    private final ZoneId zone;

    /** The command in this process, until it is told to end. */
    WalkTestCommand() {
        this(null, Terminal.hasColours(System.getenv()), ZoneId.systemDefault());
    }

    /**
     * The command as a test wants it.
     *
     * @param pause between two looks; null for the usual
     * @param isTerminal whether lines can be drawn anew
     * @param zone of the times shown
     */
    WalkTestCommand(@Nullable Pause pause, boolean isTerminal, ZoneId zone) {
        this.pause = pause;
        this.isTerminal = isTerminal;
        this.zone = zone;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.compareTo(WalkTest.LONGEST) > 0) {
            throw new ParameterException(
                    spec.commandLine(), "--for: '" + Durations.text(length) + "' is out of range; allowed: 1s to 1h");
        }
        PrintWriter err = spec.commandLine().getErr();
        Optional<Path> folder = store.folder(err);
        if (folder.isEmpty()) {
            return store.failure();
        }
        ControlClient client = new ControlClient(folder.get(), err);
        if (pause != null) {
            return walk(client, pause);
        }
        try (HeldSignal signal = HeldSignal.listening(LOOK_EVERY)) {
            return walk(client, signal);
        }
    }

    private int walk(ControlClient client, Pause between) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        WalkView view = new WalkView(out, new WalkView.Look(isTerminal, !quiet), zone);
        String first;
        try {
            first = client.ask("walktest begin " + length.toSeconds());
        } catch (IOException e) {
            return client.unreachable(e);
        }
        if (!first.startsWith("ok ")) {
            return failed(refusal(first));
        }
        WalkProgress progress = null;
        try {
            progress = WalkProgress.read(first);
            Folded.print(
                    out,
                    "open and close each of " + progress.sensors().size() + " sensors; this ends after "
                            + Durations.text(length) + ", or with Ctrl-C",
                    2);
            view.show(progress);
            String ask = "walktest look " + progress.number();
            while (progress.ended() == null && !progress.missing().isEmpty() && !out.checkError() && between.next()) {
                progress = WalkProgress.read(client.ask(ask));
                view.show(progress);
            }
            if (progress.ended() == null) {
                progress = WalkProgress.read(client.ask("walktest end " + progress.number()));
            }
            return end(view, progress);
        } catch (IOException e) {
            if (progress != null) {
                view.end(progress, "the walk test was cut off");
            }
            return failed("the gateway has stopped or started anew, so the walk test is over (" + e.getMessage() + ")");
        }
    }

    private static int end(WalkView view, WalkProgress progress) {
        String ended = progress.ended();
        String why = Arrays.stream(WalkTest.End.values())
                .filter(end -> end.word().equals(ended))
                .findFirst()
                .map(WalkTest.End::sentence)
                .orElse("it is over");
        view.end(progress, "walk test over, " + why);
        if (progress.missing().isEmpty()) {
            return ExitCode.OK;
        }
        return WalkTest.End.TIME_OVER.word().equals(ended) ? ExitCode.TIMED_OUT : ExitCode.FAILED;
    }

    private static String refusal(String answer) {
        if (answer.equals("refused " + WalkAnswer.Reason.NOT_DISARMED.word())) {
            return "no walk test while the panel is armed or an alarm lasts; disarm it first: reedgate disarm";
        }
        if (answer.equals("refused " + WalkAnswer.Reason.RUNNING.word())) {
            return "another walk test runs already; end it first, or wait 10 s if its command is gone";
        }
        boolean isOld = answer.startsWith("error unknown request");
        return "the gateway answered: " + SafeText.line(answer, 200)
                + (isOld ? "; it runs an older version: restart it" : "");
    }

    private int failed(String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("reedgate: " + message);
        err.flush();
        return ExitCode.FAILED;
    }
}
