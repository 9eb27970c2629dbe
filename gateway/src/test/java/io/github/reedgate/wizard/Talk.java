package io.github.reedgate.wizard;

import io.github.reedgate.line.Level;
import io.github.reedgate.wizard.Turn.Ask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A conversation with answers that are known beforehand and a machine on which all goes well, unless a test says otherwise. */
final class Talk implements Runner.Screen, Runner.Hands {

    static final String TOPIC = "door-abcdefghij0123456789";
    static final Outcome.Wrong NO = new Outcome.Wrong(Outcome.Part.OTHER, "it is broken", "mend it");

    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> prompts = new ArrayList<>();
    private final List<String> suggestions = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private Function<Action, Optional<Outcome>> special = action -> Optional.empty();
    private Optional<Scene.Present> present = Optional.empty();
    private Draft given = Draft.EMPTY;
    private boolean asks = true;
    private Optional<Boolean> testAlarm = Optional.empty();
    private boolean answersAlarm;
    private int line = 17;

    Talk present(Scene.Present there) {
        present = Optional.of(there);
        return this;
    }

    Talk given(Draft draft) {
        given = draft;
        return this;
    }

    /** The question about the test alarm is answered by the test; otherwise it is passed over with yes. */
    Talk answersAlarm() {
        answersAlarm = true;
        return this;
    }

    /** An option says whether a test alarm is sent. */
    Talk testAlarm(boolean isSent) {
        testAlarm = Optional.of(isSent);
        return this;
    }

    Talk nobody() {
        asks = false;
        return this;
    }

    /** What comes of some actions; the others go well. */
    Talk when(Function<Action, Optional<Outcome>> outcome) {
        special = outcome;
        return this;
    }

    /** Plays it; null as an answer means that the person leaves. */
    Runner.Result answers(String... lines) {
        answers.addAll(Arrays.asList(lines));
        Wizard wizard = new Wizard(new Scene(false, present, asks, testAlarm, TOPIC), given, "https://ntfy.sh");
        try {
            return new Runner(wizard, this, this).run(asks);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void say(Said said) {
        told.add(
                said instanceof Said.Text text
                        ? text.text()
                        : said instanceof Said.Verbatim verbatim ? verbatim.line() : said.toString());
    }

    @Override
    public Optional<String> ask(Ask question) {
        if (!answersAlarm && question.prompt().startsWith("Send a test alarm now?")) {
            return Optional.of("yes");
        }
        prompts.add(question.prompt());
        suggestions.add(question.suggestion());
        return Optional.ofNullable(answers.poll());
    }

    @Override
    public Outcome carryOut(Action action) {
        actions.add(action);
        return special.apply(action).orElseGet(() -> usual(action));
    }

    /** The first door moves; then Enter is pressed. */
    private Outcome usual(Action action) {
        if (action instanceof Action.WatchOpening watch) {
            return watch.isFirst() ? new Outcome.Moved(List.of(line), Level.HIGH) : new Outcome.Typed(true);
        }
        return action instanceof Action.WatchClosing closing
                ? new Outcome.Moved(List.of(closing.line()), Level.LOW)
                : new Outcome.Well();
    }

    List<String> prompts() {
        return prompts;
    }

    List<String> suggestions() {
        return suggestions;
    }

    String told() {
        return String.join("\n", told);
    }

    List<Action> actions() {
        return actions;
    }

    /** What was to be written; fails if nothing was. */
    Draft written() {
        return actions.stream()
                .filter(Action.CarryOut.class::isInstance)
                .map(action -> ((Action.CarryOut) action).draft())
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError("nothing was written: " + told()));
    }

    boolean isWritten() {
        return actions.stream().anyMatch(Action.CarryOut.class::isInstance);
    }

    @Override
    public String toString() {
        return prompts.stream().collect(Collectors.joining("\n")) + "\n" + told();
    }
}
