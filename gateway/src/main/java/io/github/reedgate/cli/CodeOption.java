package io.github.reedgate.cli;

import io.github.reedgate.command.Code;
import io.github.reedgate.file.FileReason;
import io.github.reedgate.file.OrdinaryFile;
import io.github.reedgate.setup.Dialogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a code comes from: a file, standard input, or a person who types it twice. Owned by one command line. */
final class CodeOption {

    private static final int MOST_BYTES = 4096;
    private static final int MOST_FILE_BYTES = 1 << 16;

    @Option(
            names = "--code-from",
            paramLabel = "FILE",
            description =
                    "File whose first line is the code; - is standard input (default: it is asked for). Never the code"
                            + " itself: every user of this machine can see a command line.")
    private @Nullable Path source;

    /** No code could be had; the message says why. */
    static final class NoCode extends Exception {

        private static final long serialVersionUID = 1;

        NoCode(String message) {
            super(message);
        }

        NoCode(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * The code; blocks until there is one.
     *
     * @param person who is asked if no file is named
     * @param input standard input
     * @throws NoCode if there is none, or it is not one that may be used
     */
    Code read(Supplier<Optional<Dialogue>> person, InputStream input) throws NoCode {
        String characters = source == null ? ask(person) : firstLine(source, input);
        return Code.of(characters).orElseThrow(() -> new NoCode("this can't be a code; allowed: " + Code.ALLOWED));
    }

    private static String ask(Supplier<Optional<Dialogue>> person) throws NoCode {
        Dialogue dialogue = person.get()
                .orElseThrow(() -> new NoCode("there is no terminal to ask at; name a file with --code-from"));
        Optional<String> first = dialogue.askSecret("New code");
        Optional<String> again = first.isEmpty() ? first : dialogue.askSecret("The same again");
        if (again.isEmpty()) {
            throw new NoCode("no code was entered; nothing is changed");
        }
        if (!first.equals(again)) {
            throw new NoCode("the two codes differ; nothing is changed");
        }
        return again.get();
    }

    private static String firstLine(Path file, InputStream input) throws NoCode {
        try {
            byte[] bytes;
            if ("-".equals(file.toString())) {
                bytes = input.readNBytes(MOST_BYTES);
            } else {
                bytes = OrdinaryFile.readNamed(file, MOST_FILE_BYTES);
            }
            return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new NoCode("the code can't be read from " + file + ": " + FileReason.of(e), e);
        }
    }
}
