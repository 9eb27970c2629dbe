package io.github.reedgate.cli;

import io.github.reedgate.setup.Dialogue;
import java.io.Console;
import java.util.Optional;

/** Asks at the terminal. Owned by one command line. */
final class ConsoleDialogue implements Dialogue {

    private static final int LONGEST = 2_000;

    private final Console console;

    /** At a console. */
    ConsoleDialogue(Console console) {
        this.console = console;
    }

    /** At this process's terminal; empty if it has none. */
    static Optional<Dialogue> ofThisProcess() {
        return Optional.ofNullable(System.console()).map(ConsoleDialogue::new);
    }

    @Override
    public Optional<String> ask(String question, String suggestion) {
        String prompt = suggestion.isEmpty() ? question : question + " [" + suggestion + "]";
        String line = console.readLine("%s: ", SafeText.line(prompt, LONGEST));
        return Optional.ofNullable(line).map(String::strip).map(answer -> answer.isEmpty() ? suggestion : answer);
    }

    @Override
    public Optional<String> askSecret(String question) {
        char[] typed = console.readPassword("%s: ", SafeText.line(question, LONGEST));
        return Optional.ofNullable(typed).map(String::new);
    }

    @Override
    public void say(String line) {
        console.printf("%s%n", SafeText.line(line, LONGEST));
        console.flush();
    }
}
