package io.github.reedgate.cli;

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
