package io.github.reedgate.wizard;

import io.github.reedgate.wizard.Turn.Ask;
import io.github.reedgate.wizard.Turn.Do;
import io.github.reedgate.wizard.Turn.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Makes turns: what is said, and what comes next. Stateless. */
final class Lines {

    private Lines() {}

    /** Sentences as they are shown. */
    static List<Said> say(String... sentences) {
        return Arrays.stream(sentences).<Said>map(Said.Text::new).toList();
    }

    /** One after the other. */
    static List<Said> both(List<Said> first, List<Said> second) {
        List<Said> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** What was seen and how it is mended. */
    static List<Said> trouble(Outcome.Wrong wrong) {
        String seen = sentence(wrong.seen());
        return wrong.fix().isEmpty() ? say(seen) : say(seen, "Fix: " + ended(wrong.fix()));
    }

    private static String sentence(String text) {
        String first = text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return ended(first);
    }

    private static String ended(String text) {
        return text.matches("(?s).*[.?!]") ? text : text + ".";
    }

    static Turn ask(State state, Question question, List<Said> said, String prompt, String suggestion) {
        return new Turn(state.at(question), said, new Ask(prompt, suggestion, kind(question)));
    }

    private static Kind kind(Question question) {
        return switch (question) {
            case PASSWORD -> Kind.SECRET;
            case URL, USER, CA -> Kind.EDIT;
            default -> Kind.CHOICE;
        };
    }

    static Turn perform(State state, List<Said> said, Action action) {
        return new Turn(state, said, new Do(action));
    }
}
