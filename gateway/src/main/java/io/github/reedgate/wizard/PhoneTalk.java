package io.github.reedgate.wizard;

import static io.github.reedgate.wizard.Lines.ask;
import static io.github.reedgate.wizard.Lines.both;
import static io.github.reedgate.wizard.Lines.perform;
import static io.github.reedgate.wizard.Lines.say;
import static io.github.reedgate.wizard.Lines.trouble;

import io.github.reedgate.wizard.Action.Push;
import java.util.List;

/** The questions about phones. Pure. */
public final class PhoneTalk {

    private static final String NTFY_SH = "https://ntfy.sh";

    private final Scene scene;
    private final Flow flow;
    private final String server;

    /**
     * The questions.
     *
     * @param server the ntfy server's URL
     */
    PhoneTalk(Scene scene, Flow flow, String server) {
        this.scene = scene;
        this.flow = flow;
        this.server = server;
    }

    /** The choice. */
    Turn begin(State state, List<Said> said) {
        return question(state.at(Question.PHONE), said);
    }

    Turn question(State state, List<Said> said) {
        return switch (state.at()) {
            case SUBSCRIBED -> ask(state, Question.SUBSCRIBED, said, "Press Enter when the app has subscribed", "");
            case RANG -> ask(state, Question.RANG, said, "Did the phone ring? (yes or no)", "yes");
            default -> choice(state, said);
        };
    }

    private Turn choice(State state, List<Said> said) {
        boolean isFirst = state.draft().phones().isEmpty();
        return ask(
                state,
                Question.PHONE,
                both(
                        said,
                        say(
                                "",
                                isFirst ? "How should a phone learn of an alarm?" : "Another way to a phone?",
                                "  1  ntfy: a push that wakes the phone",
                                "  2  an MQTT app: shows what is open now",
                                "  3  Home Assistant: finds the gateway by itself",
                                isFirst ? "  4  later" : "  4  no more")),
                "Which one? 1 to 4",
                isFirst ? "1" : "4");
    }

    Turn answer(State state, String text) {
        return switch (state.at()) {
            case SUBSCRIBED -> push(state);
            case RANG -> rang(state, text);
            default -> chosen(state, text);
        };
    }

    private Turn chosen(State state, String text) {
        return switch (text) {
            case "1" -> ntfy(state);
            case "2" -> mqtt(state);
            case "3" -> homeAssistant(state);
            case "4" -> flow.onward(state.with(state.draft().withoutMorePhones()), List.of());
            default -> question(state, say("'" + text + "' is none of them. Type 1, 2, 3 or 4, then Enter."));
        };
    }

    private Turn ntfy(State state) {
        boolean isChosen = state.draft().phones().stream().anyMatch(Phone.Ntfy.class::isInstance);
        if (isChosen) {
            return question(state, say("ntfy is chosen already. Another phone subscribes to the same topic."));
        }
        Phone.Ntfy target = target(scene, server);
        String link = target.server().replaceFirst("^https?://", "ntfy://") + "/" + target.topic()
                + (target.server().startsWith("http://") ? "?secure=false" : "");
        boolean isOwn = !server.equals(NTFY_SH);
        return question(
                state.with(target).at(Question.SUBSCRIBED),
                List.of(
                        new Said.Text(""),
                        new Said.Text(
                                "Install the app ntfy from the phone's store. On Android, scan this with the camera"
                                        + " or a scanner app:"),
                        new Said.Code(link),
                        new Said.Text("Or tap + in the app (iPhone: only so) and type this topic"
                                + (isOwn ? ", with the server " + server : "") + ":"),
                        new Said.Verbatim("  " + target.topic()),
                        new Said.Text("Who knows the topic can read your alarms: keep it to yourself.")));
    }

    /** A target with an id that is free. */
    static Phone.Ntfy target(Scene scene, String server) {
        List<String> taken = scene.present().map(Scene.Present::targets).orElse(List.of());
        return new Phone.Ntfy(freeId(taken), server, scene.topic());
    }

    /**
     * An id for a notification target.
     *
     * @param taken those that are used already
     * @return {@code phone}, or {@code phone_2} and so on
     */
    public static String freeId(List<String> taken) {
        String id = "phone";
        for (int number = 2; taken.contains(id); number++) {
            id = "phone_" + number;
        }
        return id;
    }

    private static Turn push(State state) {
        return perform(
                state.at(Question.RANG),
                say("Sending a test ..."),
                new Push(state.ntfy().orElseThrow()));
    }

    private Turn rang(State state, String text) {
        if (Flow.isNo(text)) {
            return question(
                    state.at(Question.SUBSCRIBED),
                    say(
                            "Compare the topic in the app letter by letter. On Android switch Instant delivery on and let ntfy"
                                    + " run without battery limits; on an iPhone allow notifications and sounds.",
                            "Then the test is sent again. b goes back to the other ways."));
        }
        return Flow.isYes(text)
                ? begin(state.with(state.draft().withPhone(state.ntfy().orElseThrow())), say("The push works."))
                : question(state, say("'" + text + "' is neither; answer yes or no."));
    }

    private Turn mqtt(State state) {
        String account = isHere(state)
                ? "The account 'phone' is made for it; how to see what to type into the app is told at the end."
                : "Make an account at your broker that may read the gateway's topics. docs/mqtt-apps.md has the fields of two"
                        + " apps.";
        return once(state, new Phone.MqttApp("phone"), account);
    }

    private Turn homeAssistant(State state) {
        String account = isHere(state)
                ? "The account 'homeassistant' is made for it; what to type there is shown at the end."
                : "Connect Home Assistant to the same broker; docs/home-assistant.md says what its account needs.";
        return once(state, new Phone.HomeAssistant("homeassistant"), account);
    }

    private Turn once(State state, Phone phone, String account) {
        return state.draft().phones().contains(phone)
                ? question(state, say("That is chosen already."))
                : begin(state.with(state.draft().withPhone(phone)), say(account));
    }

    private boolean isHere(State state) {
        return state.draft()
                .broker()
                .map(BrokerChoice::isHere)
                .orElseGet(() -> scene.present()
                        .filter(there -> there.brokerUrl().contains("//localhost"))
                        .isPresent());
    }

    /** What sending a test has shown. */
    Turn happened(State state, Outcome outcome) {
        if (outcome instanceof Outcome.Well well) {
            return question(state.at(Question.RANG), both(well.said(), say("The server has taken the test.")));
        }
        if (outcome instanceof Outcome.Wrong wrong) {
            return question(
                    state.at(Question.SUBSCRIBED), both(trouble(wrong), say("Enter tries it again; b goes back.")));
        }
        return question(state.at(Question.SUBSCRIBED), List.of());
    }
}
