package io.github.reedgate.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * Standard output and standard error of a command line. A command whose output was lost has failed, whatever else it did. Used
 * by one thread.
 */
public final class StandardStreams {

    private final Printer out;
    private final Printer err;
    private final boolean isOutPiped;
    private final boolean isErrPiped;

    private StandardStreams(Printer out, boolean isOutPiped, Printer err, boolean isErrPiped) {
        this.out = out;
        this.isOutPiped = isOutPiped;
        this.err = err;
        this.isErrPiped = isErrPiped;
    }

    /** Those of this process; the log and whatever else prints by itself go through them from now on. */
    public static StandardStreams ofThisProcess() {
        StandardStreams streams = new StandardStreams(
                Printer.to(new FileOutputStream(FileDescriptor.out), new TerminalWidth(1, System.getenv())),
                isPiped(1),
                Printer.folding(new FileOutputStream(FileDescriptor.err), new TerminalWidth(2, System.getenv())),
                isPiped(2));
        System.setOut(new PrintedLines(streams.out));
        System.setErr(new PrintedLines(streams.err));
        return streams;
    }

    /** Those of a test's choice, which are no pipes. */
    static StandardStreams of(OutputStream out, OutputStream err) {
        return new StandardStreams(Printer.to(out), false, Printer.to(err), false);
    }

    /** The same on a terminal of a width in columns. */
    static StandardStreams ofTerminal(OutputStream out, OutputStream err, int columns) {
        return new StandardStreams(Printer.to(out, () -> columns), false, Printer.folding(err, () -> columns), false);
    }

    /** The same, which are pipes. */
    static StandardStreams ofPipes(OutputStream out, OutputStream err) {
        return new StandardStreams(Printer.to(out), true, Printer.to(err), true);
    }

    /** A pipe or socket fails if its reader has gone, which is usual behind {@code | head}; a file if its disk is full. */
    private static boolean isPiped(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * Runs what the arguments say.
     *
     * @return its exit code, or {@link ExitCode#FAILED} if all went well but for what it printed
     */
    int run(String... arguments) {
        return run(Main.commandLine(arguments), arguments);
    }

    /** The same with a command line of a test's choice. */
    public int run(CommandLine line, String... arguments) {
        int code = line.setOut(out).setErr(err).execute(arguments);
        boolean isLost = isLost(out, isOutPiped);
        if (isLost) {
            String why = out.failure().map(IOException::getMessage).orElse("");
            err.println("reedgate: standard output can't be written: " + why + "; what it has is not complete");
        }
        boolean isErrLost = isLost(err, isErrPiped);
        return code == ExitCode.OK && (isLost || isErrLost) ? ExitCode.FAILED : code;
    }

    private static boolean isLost(Printer printer, boolean isPiped) {
        return printer.checkError() && !isPiped;
    }
}
