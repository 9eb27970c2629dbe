package io.github.reedgate.cli;

import io.github.reedgate.store.Backlog;
import io.github.reedgate.store.EventLog;
import io.github.reedgate.store.LogException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reedgate outbox}: tells what waits for the broker. Owned by one command line. */
@Command(
        name = "outbox",
        description = {
            "Tells how many messages wait for the broker's acknowledgement, since when, and what was refused last.",
            "It only reads, and works whether the gateway runs or not. Run it as the gateway's user or as root."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  reedgate outbox",
            "  reedgate outbox --json",
            "",
            "Exit codes: 0 told, whatever waits, 1 the store cannot be read, 2 wrong command line, 3 wrong"
                    + " configuration."
        })
final class OutboxCommand implements Callable<Integer> {

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(names = "--json", description = "As a JSON object.")
    private boolean json;

    private final Clock clock;

    /** The command in this process. */
    OutboxCommand() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    /** The command at a time of a test's choice. */
    OutboxCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<Path> folder = store.folder(err);
        if (folder.isEmpty()) {
            return store.failure();
        }
        try (EventLog log = EventLog.open(folder.get())) {
            Backlog backlog = log.backlog();
            BacklogSummary summary = new BacklogSummary(log.file(), backlog, clock);
            if (json) {
                out.println(LogJson.value(summary.json()));
            } else {
                summary.lines().forEach(line -> Folded.print(out, line, BacklogSummary.INDENT));
            }
            return ExitCode.OK;
        } catch (LogException e) {
            err.println("reedgate: " + e.getMessage());
            return ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }
}
