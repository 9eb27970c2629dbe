package io.github.reedgate.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * A command line that refuses what no command could use before any of them sees it: characters that are none, and values of a
 * length that nothing has. Owned by one thread.
 */
public final class CheckedCommandLine extends CommandLine {

    /** The longest path of the kernel; names, numbers and addresses are shorter. */
    static final int MOST_CHARACTERS = 4096;

    /** The one argument that may be longer; the message's size is the broker's business. */
    private static final String PAYLOAD = "PAYLOAD";

    private static final int SHOWN = 60;

    /** A command line of a command. */
    public CheckedCommandLine(Object command) {
        super(command);
    }

    @Override
    public ParseResult parseArgs(String... arguments) {
        for (String argument : arguments) {
            String wrong = wrong(argument);
            if (!wrong.isEmpty()) {
                throw new ParameterException(this, "'" + SafeText.line(argument, SHOWN) + "' " + wrong);
            }
        }
        ParseResult parsed = super.parseArgs(arguments);
        for (ParseResult each = parsed; each != null; each = each.hasSubcommand() ? each.subcommand() : null) {
            refuseLong(each);
        }
        return parsed;
    }

    private static String wrong(String argument) {
        if (argument.indexOf('\0') >= 0) {
            return "has a NUL character in it, which no value may have";
        }
        boolean isText = argument.codePoints()
                .noneMatch(character -> character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
        return isText ? "" : "is no text: half a character is in it; write it in UTF-8";
    }

    private static void refuseLong(ParseResult parsed) {
        for (Model.ArgSpec argument : parsed.matchedArgs()) {
            for (String value : argument.originalStringValues()) {
                if (value.length() > MOST_CHARACTERS && !argument.paramLabel().equals(PAYLOAD)) {
                    throw new ParameterException(
                            parsed.commandSpec().commandLine(),
                            name(argument) + " is longer than " + MOST_CHARACTERS + " characters: '"
                                    + SafeText.line(value, SHOWN) + "'");
                }
            }
        }
    }

    private static String name(Model.ArgSpec argument) {
        return argument instanceof Model.OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /**
     * Reads a path. A variable of a shell that is not set gives an empty one, which would be the folder in which the shell
     * happens to be.
     */
    public static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("it is empty; a path is expected");
        }
        return pathOrNone(text);
    }

    /** The same where an empty one says that there is none. */
    static Path pathOrNone(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + SafeText.line(text, SHOWN) + "' is no path: " + e.getReason());
        }
    }

    /** Converts where an empty path says that there is none. */
    static final class OrNone implements ITypeConverter<Path> {

        @Override
        public Path convert(String text) {
            return pathOrNone(text);
        }
    }
}
