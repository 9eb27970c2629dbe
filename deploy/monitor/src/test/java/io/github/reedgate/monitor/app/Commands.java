package io.github.reedgate.monitor.app;

import io.github.reedgate.monitor.cli.MonitorMain;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands of the monitor within the test. */
final class Commands {

    private Commands() {}

    /** What a command printed, and its exit code. */
    record Result(int code, String out, String err) {}

    static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = MonitorMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
