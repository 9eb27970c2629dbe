package io.github.reedgate.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** What a command has to know of the terminal and the process it runs in. */
public final class Terminal {

    private Terminal() {}

    /** True if standard output is a terminal and nobody asked for no colours (environment {@code NO_COLOR}). */
    public static boolean hasColours(Map<String, String> environment) {
        return CommandLine.Help.Ansi.AUTO.enabled()
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** True if somebody can be asked: standard input and output are a terminal. A newer Java has a console without one, too. */
    static boolean isThere() {
        return ConsoleDialogue.ofThisProcess().isPresent() && isTerminal(0) && isTerminal(1);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString()
                    .matches("/dev/(pts/|tty|console).*");
        } catch (IOException | UnsupportedOperationException e) {
            return true; // it can't be found out here: the console's word counts
        }
    }

    /**
     * Takes a shutdown hook back.
     *
     * @return false if the process is ending already and the hook runs
     */
    @SuppressWarnings("UnusedReturnValue")
    static boolean removeHook(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
