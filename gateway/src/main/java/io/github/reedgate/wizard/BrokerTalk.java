package io.github.reedgate.wizard;

import static io.github.reedgate.wizard.Lines.ask;
import static io.github.reedgate.wizard.Lines.both;
import static io.github.reedgate.wizard.Lines.perform;
import static io.github.reedgate.wizard.Lines.say;
import static io.github.reedgate.wizard.Lines.trouble;

import io.github.reedgate.setup.Plan;
import io.github.reedgate.setup.SensorPlan;
import io.github.reedgate.wizard.Action.LookAtThisMachine;
import io.github.reedgate.wizard.Action.TryBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The questions about the broker. Pure. */
final class BrokerTalk {

    private static final Path ANY_FILE = Path.of("reedgate.yaml");
    private static final SensorPlan ANY_SENSOR = new SensorPlan("door", 17, Map.of());

    private final Flow flow;

    BrokerTalk(Flow flow) {
        this.flow = flow;
    }

    /** The first question, or the try of what was given. */
    Turn begin(State state, List<Said> said) {
        Optional<BrokerChoice> given = state.draft().broker();
        if (given.isPresent()) {
            return given.get().isHere()
                    ? lookHere(state, said)
                    : tryIt(state.with(given.get()).at(Question.URL), said);
        }
        return question(state.at(Question.BROKER), said);
    }

    private static Turn lookHere(State state, List<Said> said) {
        return perform(
                state.at(Question.BROKER),
                both(said, say("Looking whether a broker can be set up here ...")),
                new LookAtThisMachine());
    }

    private static Turn tryIt(State state, List<Said> said) {
        return perform(
                state,
                both(said, say("Trying the broker ...")),
                new TryBroker(
                        state.trial(),
                        state.with(state.draft().withBroker(Optional.of(state.trial())))
                                .draft()
                                .id()));
    }

    Turn question(State state, List<Said> said) {
        BrokerChoice trial = state.trial();
        return switch (state.at()) {
            case URL ->
                ask(
                        state,
                        Question.URL,
                        said,
                        "The broker's URL, such as mqtts://broker.example.org:8883",
                        trial.url());
            case CLEAR_TEXT ->
                ask(
                        state,
                        Question.CLEAR_TEXT,
                        both(
                                said,
                                say("mqtt:// and ws:// are clear text: everybody on the way can read all of it, the"
                                        + " password included.")),
                        "Is that what you want? (yes or no)",
                        "no");
            case USER -> ask(state, Question.USER, said, "User name there (empty: none)", trial.user());
            case PASSWORD -> ask(state, Question.PASSWORD, said, "Password, not shown while typed", "");
            case CA ->
                ask(
                        state,
                        Question.CA,
                        said,
                        "File with the broker's own authority, PEM (empty: a public one)",
                        trial.ca().orElse(""));
            default -> choice(state, said);
        };
    }

    private static Turn choice(State state, List<Said> said) {
        return ask(
                state,
                Question.BROKER,
                both(
                        said,
                        say(
                                "",
                                "The broker passes messages from the gateway to phones and home servers.",
                                "  1  on this Pi: it is set up now, and nothing more is asked",
                                "  2  elsewhere: you have its URL, a user and a password")),
                "Which one? 1 or 2",
                "1");
    }

    Turn answer(State state, String text) {
        return switch (state.at()) {
            case URL -> url(state, text);
            case CLEAR_TEXT -> clearText(state, text);
            case USER -> user(state, text);
            case PASSWORD -> tryIt(state.with(state.trial().withPassword(text)), List.of());
            case CA -> tryIt(state.with(state.trial().withCa(text)), List.of());
            default -> place(state, text);
        };
    }

    private Turn place(State state, String text) {
        return switch (text) {
            case "1" -> lookHere(state, List.of());
            case "2" -> question(state.at(Question.URL), List.of());
            default -> question(state, say("'" + text + "' is neither. Type 1 or 2, then Enter."));
        };
    }

    /** Takes the URL; what stood there before a pasted one is passed over. */
    private Turn url(State state, String typed) {
        String text = typed.replaceFirst("^[a-z]+://.*?(?=(?:mqtts?|wss?)://)", "");
        BrokerChoice trial = state.trial().withUrl(text);
        Optional<String> wrong = problem(text, true);
        if (wrong.isPresent()) {
            return question(state.with(trial), say(wrong.get()));
        }
        boolean needsLeave = problem(text, false).isPresent() && !trial.insecure();
        return question(state.with(trial).at(needsLeave ? Question.CLEAR_TEXT : Question.USER), List.of());
    }

    private Turn clearText(State state, String text) {
        if (Flow.isYes(text)) {
            return question(state.with(state.trial().withInsecure()).at(Question.USER), List.of());
        }
        return Flow.isNo(text)
                ? question(state.at(Question.URL), List.of())
                : question(state, say("'" + text + "' is neither; answer yes or no."));
    }

    private Turn user(State state, String text) {
        State known = state.with(state.trial().withUser(text));
        return text.isEmpty()
                ? tryIt(known.with(known.trial().withPassword("")), List.of())
                : question(known.at(Question.PASSWORD), List.of());
    }

    private static Optional<String> problem(String url, boolean insecure) {
        Plan plan = new Plan(
                "home",
                Optional.empty(),
                new Plan.Broker(url, Optional.empty(), false, false, insecure),
                List.of(ANY_SENSOR));
        return plan.problems(ANY_FILE).stream().findFirst();
    }

    /** What a look or a try has shown. */
    Turn happened(State state, Outcome outcome) {
        if (outcome instanceof Outcome.Well well) {
            BrokerChoice chosen = isTrial(state) ? state.trial() : BrokerChoice.HERE;
            return flow.onward(state.with(state.draft().withBroker(Optional.of(chosen))), well.said());
        }
        if (!(outcome instanceof Outcome.Wrong wrong)) {
            return question(state, List.of());
        }
        Question again = !isTrial(state)
                ? Question.BROKER
                : switch (wrong.part()) {
                    case CERTIFICATE -> Question.CA;
                    case LOGIN -> Question.USER;
                    default -> Question.URL;
                };
        return question(
                state.at(again),
                both(trouble(wrong), say("Your answers are kept: change what is wrong, or Enter to try again.")));
    }

    private static boolean isTrial(State state) {
        return state.at() != Question.BROKER;
    }
}
