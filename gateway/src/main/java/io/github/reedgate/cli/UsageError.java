package io.github.reedgate.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Answers a wrong command line, the same way for each command: one line of usage, one that names {@code --help}, and the error
 * as the last line. Immutable.
 */
final class UsageError implements CommandLine.IParameterExceptionHandler {

    /** A message may repeat what somebody gave, however long that is. */
    private static final int MOST_SHOWN = 2_000;

    private static final int MOST_SUGGESTIONS = 3;

    private final String program;

    /** For the commands of a program, which the error line begins with. */
    UsageError(String program) {
        this.program = program;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println("usage: " + usage(command));
        err.println("all options: " + name + " --help");
        err.println(program + ": " + SafeText.line(message(wrong), MOST_SHOWN));
        err.flush();
        return ExitCode.USAGE;
    }

    private static String usage(CommandLine command) {
        return new Help(command.getCommandSpec(), Help.defaultColorScheme(Help.Ansi.OFF))
                .abbreviatedSynopsis()
                .strip();
    }

    private static String message(ParameterException wrong) {
        String message = String.valueOf(wrong.getMessage());
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return message;
        }
        List<String> near = unmatched.getSuggestions();
        return near.isEmpty()
                ? message
                : message + "; did you mean "
                        + String.join(" or ", near.subList(0, Math.min(MOST_SUGGESTIONS, near.size())))
                        + "?";
    }
}
