package io.github.reedgate.cli;

import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.message.Reply;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** An order to the panel of the running gateway, and how its answer is told. Owned by one command line. */
final class PanelOrder {

    private final CommandSpec spec;
    private final StoreOption store;

    PanelOrder(CommandSpec spec, StoreOption store) {
        this.spec = spec;
        this.store = store;
    }

    /**
     * Gives the order.
     *
     * @param request as the control socket knows it
     * @param done what is said if it is done
     * @return the exit code
     */
    int give(String request, String done) {
        PrintWriter err = spec.commandLine().getErr();
        Optional<Path> folder = store.folder(err);
        return folder.map(path -> new ControlClient(path, err).ask(request, answer -> tell(answer, done)))
                .orElseGet(store::failure);
    }

    private int tell(String answer, String done) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            if (answer.equals("ok") || answer.equals("ok not_stored")) {
                Folded.print(out, done, 2);
                if (!answer.equals("ok")) {
                    err.println("reedgate: " + Reply.NOT_STORED + "; the disk can't be written: reedgate doctor");
                }
                return ExitCode.OK;
            }
            err.println("reedgate: "
                    + (answer.startsWith("refused ") ? refusal(answer) : "the gateway answered: " + answer));
            return ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static String refusal(String answer) {
        String[] words = answer.split(" ", -1);
        String reason = Arrays.stream(PanelAnswer.Reason.values())
                .filter(known -> known.word().equals(words[1]))
                .findFirst()
                .map(PanelAnswer.Reason::sentence)
                .orElse(words[1]);
        String sensors = words.length > 2 ? words[2].replace(",", ", ") : "";
        return "the panel refused: " + reason + (sensors.isEmpty() ? "" : ": " + sensors);
    }
}
