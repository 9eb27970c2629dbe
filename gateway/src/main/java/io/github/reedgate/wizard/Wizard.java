package io.github.reedgate.wizard;

import static io.github.reedgate.wizard.Lines.ask;
import static io.github.reedgate.wizard.Lines.both;
import static io.github.reedgate.wizard.Lines.perform;
import static io.github.reedgate.wizard.Lines.say;
import static io.github.reedgate.wizard.Lines.trouble;

import io.github.reedgate.wizard.Turn.End;
import java.util.ArrayList;
import java.util.List;

/**
 * Leads from nothing to an alarm on the phone: takes an answer or what came of an action, and says what comes next. Pure: the same
 * state and answer always lead to the same turn. Safe for use by any thread.
 */
public final class Wizard {

    private final Scene scene;
    private final Draft given;
    private final boolean isAllGiven;
    private final BrokerTalk broker;
    private final DoorTalk doors;
    private final PhoneTalk phones;

    /**
     * A conversation.
     *
     * @param scene what is there
     * @param given what options told already; it is not asked for
     * @param ntfyServer the URL of the ntfy server
     */
    public Wizard(Scene scene, Draft given, String ntfyServer) {
        this.scene = scene;
        this.given =
                scene.present().map(there -> given.withId(there.gatewayId())).orElse(given);
        this.isAllGiven = scene.present().isPresent() ? isAnyGiven(given) : isEverythingGiven(given);
        this.broker = new BrokerTalk(this::onward);
        this.doors = new DoorTalk(scene, this::onward);
        this.phones = new PhoneTalk(scene, this::onward, ntfyServer);
    }

    private static boolean isAnyGiven(Draft given) {
        return given.broker().isPresent()
                || !given.doors().isEmpty()
                || !given.phones().isEmpty();
    }

    private static boolean isEverythingGiven(Draft given) {
        return given.doorsDone()
                && given.phonesDone()
                && (given.brokerDone() || given.broker().isPresent());
    }

    /** The first turn. */
    public Turn begin() {
        State state = State.of(given);
        List<Said> hello = scene.asks()
                ? say("Enter alone takes what stands in brackets. b goes back, Ctrl-C leaves; nothing is"
                        + " changed before you say so.")
                : List.of();
        if (scene.present().isPresent() && !isAnyGiven(given)) {
            if (scene.testAlarm().orElse(false)) {
                return carryOut(state.with(given.only(false, false, false)), hello, true);
            }
            return question(state.at(Question.TASK), hello);
        }
        State begun = scene.present().isPresent()
                ? state.with(given.only(
                        given.broker().isPresent(),
                        !given.doors().isEmpty() && !given.doorsDone(),
                        !given.phones().isEmpty() && !given.phonesDone()))
                : state;
        return onward(begun, hello);
    }

    /** Asks a question anew, after somebody went back to it. */
    public Turn again(State state) {
        return question(state, List.of());
    }

    /**
     * Takes an answer.
     *
     * @param state with the question that was asked
     * @param text the answer without blanks around it; a password as it was typed
     */
    public Turn answer(State state, String text) {
        return switch (state.at()) {
            case TASK -> task(state, text);
            case BROKER, URL, CLEAR_TEXT, USER, PASSWORD, CA -> broker.answer(state, text);
            case PLACE, NAME -> doors.answer(state, text);
            case PHONE, SUBSCRIBED, RANG -> phones.answer(state, text);
            case CONFIRM -> confirm(state, text);
            case ALARM -> alarm(state, text);
        };
    }

    /** Takes what came of an action. */
    public Turn happened(State state, Outcome outcome) {
        return switch (state.at()) {
            case BROKER, URL, CLEAR_TEXT, USER, PASSWORD, CA -> broker.happened(state, outcome);
            case PLACE, NAME -> doors.happened(state, outcome);
            case PHONE, SUBSCRIBED, RANG -> phones.happened(state, outcome);
            case TASK, CONFIRM, ALARM -> done(state, outcome);
        };
    }

    private Turn question(State state, List<Said> said) {
        return switch (state.at()) {
            case TASK -> askTask(state, said);
            case BROKER, URL, CLEAR_TEXT, USER, PASSWORD, CA -> broker.question(state, said);
            case PLACE, NAME -> doors.question(state, said);
            case PHONE, SUBSCRIBED, RANG -> phones.question(state, said);
            case CONFIRM -> askToConfirm(state, said);
            case ALARM -> askForAlarm(state, said);
        };
    }

    private Turn askTask(State state, List<Said> said) {
        Scene.Present there = scene.present().orElseThrow();
        int count = there.sensors().size();
        return ask(
                state,
                Question.TASK,
                both(
                        said,
                        say(
                                "",
                                "The gateway '" + there.gatewayId() + "' is set up, with " + count
                                        + (count == 1 ? " door" : " doors")
                                        + ". All that it has stays. What do you want?",
                                "  1  add a door",
                                "  2  add a phone",
                                "  3  change the broker",
                                "  4  send a test alarm")),
                "Which one? 1 to 4",
                "1");
    }

    private Turn task(State state, String text) {
        return switch (text) {
            case "1" -> onward(state.with(given.only(false, true, false)), List.of());
            case "2" -> onward(state.with(given.only(false, false, true)), List.of());
            case "3" -> onward(state.with(given.only(true, false, false)), List.of());
            case "4" -> question(state.with(given.only(false, false, false)).at(Question.ALARM), List.of());
            default -> question(state, say("'" + text + "' is none of them. Type 1, 2, 3 or 4, then Enter."));
        };
    }

    /** The first part that is not over. */
    private Turn onward(State state, List<Said> said) {
        Draft draft = state.draft();
        if (!draft.brokerDone()) {
            return broker.begin(state, said);
        }
        if (!draft.doorsDone()) {
            return doors.begin(state, said);
        }
        if (!draft.phonesDone()) {
            return phones.begin(state, said);
        }
        return isAllGiven || !scene.asks() ? lastly(state, said) : question(state.at(Question.CONFIRM), said);
    }

    /** Carries it out, after the question about the test alarm if nothing answers that. */
    private Turn lastly(State state, List<Said> said) {
        return scene.testAlarm().isPresent() || !scene.asks()
                ? carryOut(state, said, scene.testAlarm().orElse(false))
                : question(state.at(Question.ALARM), said);
    }

    private static Turn carryOut(State state, List<Said> said, boolean alarm) {
        String what = (isAnyGiven(state.draft()) ? "Writing, starting the gateway" : "Starting the gateway")
                + (alarm ? ", sending a test alarm" : "") + ": a minute at most ...";
        return perform(state.at(Question.CONFIRM), both(said, say(what)), new Action.CarryOut(state.draft(), alarm));
    }

    private static Turn askForAlarm(State state, List<Said> said) {
        return ask(
                state,
                Question.ALARM,
                both(
                        said,
                        say(
                                "",
                                "A test alarm goes the way of a real one: it rings all phones that take alarms, and starts"
                                        + " whatever else listens for them, such as a siren of the home server.")),
                "Send a test alarm now? (yes or no)",
                "yes");
    }

    private Turn alarm(State state, String text) {
        if (!Flow.isYes(text) && !Flow.isNo(text)) {
            return question(state, say("'" + text + "' is neither; answer yes or no."));
        }
        return Flow.isNo(text) && !isAnyGiven(state.draft())
                ? new Turn(state, List.of(), new End(false))
                : carryOut(state, List.of(), Flow.isYes(text));
    }

    private Turn askToConfirm(State state, List<Said> said) {
        List<Said> shown = new ArrayList<>(said);
        shown.addAll(say("", "This is going to be done:"));
        shown.addAll(new Summary(scene, state.draft()).lines());
        return ask(state, Question.CONFIRM, shown, "Do it? (yes or no)", "yes");
    }

    private Turn confirm(State state, String text) {
        if (Flow.isYes(text)) {
            return lastly(state, List.of());
        }
        return Flow.isNo(text)
                ? new Turn(state, List.of(), new End(false))
                : question(state, say("'" + text + "' is neither; answer yes or no."));
    }

    private Turn done(State state, Outcome outcome) {
        if (outcome instanceof Outcome.Wrong wrong) {
            if (!scene.asks() || isAllGiven) {
                return new Turn(state, trouble(wrong), new End(false));
            }
            return ask(
                    state,
                    Question.CONFIRM,
                    both(trouble(wrong), say("Your answers are kept.")),
                    "Try it again? (yes or no)",
                    "yes");
        }
        List<Said> said = outcome instanceof Outcome.Well well ? well.said() : List.of();
        return new Turn(state, said, new End(outcome instanceof Outcome.Well));
    }
}
