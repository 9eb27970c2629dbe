package io.github.reedgate.wizard;

import static io.github.reedgate.wizard.Lines.ask;
import static io.github.reedgate.wizard.Lines.both;
import static io.github.reedgate.wizard.Lines.perform;
import static io.github.reedgate.wizard.Lines.say;
import static io.github.reedgate.wizard.Lines.trouble;

import io.github.reedgate.line.Level;
import io.github.reedgate.line.Pull;
import io.github.reedgate.setup.HeaderPin;
import io.github.reedgate.setup.SensorPlan;
import io.github.reedgate.setup.SetupException;
import io.github.reedgate.wizard.Action.WatchClosing;
import io.github.reedgate.wizard.Action.WatchOpening;
import io.github.reedgate.wizard.State.Found;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The questions about doors: which line moves, and what the door is called. Pure. */
final class DoorTalk {

    private static final String CONTACT = "contact";

    private final Scene scene;
    private final Flow flow;

    DoorTalk(Scene scene, Flow flow) {
        this.scene = scene;
        this.flow = flow;
    }

    /** Watches the header. */
    Turn begin(State state, List<Said> said) {
        boolean isFirst = state.doors().isEmpty();
        String text = isFirst
                ? "Open a door now, and leave it open. (Or press a key, to type where it is wired.)"
                : "Open the next door now, or press Enter if there are no more. (Another key: type where it is wired.)";
        return watch(state.with(Pull.UP), both(said, say("", text)));
    }

    private Turn watch(State state, List<Said> said) {
        return perform(
                state.at(Question.PLACE),
                said,
                new WatchOpening(taken(state), state.pull(), state.doors().isEmpty()));
    }

    private Set<Integer> taken(State state) {
        Set<Integer> taken =
                new HashSet<>(scene.present().map(Scene.Present::lines).orElse(Set.of()));
        state.doors().forEach(door -> taken.add(door.line()));
        return taken;
    }

    Turn question(State state, List<Said> said) {
        if (state.at() == Question.NAME) {
            boolean isFirst = state.doors().isEmpty() && scene.present().isEmpty();
            return ask(state, Question.NAME, said, "What is this door called?", isFirst ? "Front door" : "");
        }
        boolean mayEnd = !state.doors().isEmpty();
        return ask(
                state,
                Question.PLACE,
                said,
                "Where is it wired, such as pin11 or line17? (w: watch again"
                        + (mayEnd ? "; empty: no more doors)" : ")"),
                "");
    }

    Turn answer(State state, String text) {
        if (state.at() == Question.NAME) {
            return name(state, text);
        }
        if (text.equalsIgnoreCase("w")) {
            return begin(state, List.of());
        }
        if (text.isEmpty()) {
            return state.doors().isEmpty()
                    ? question(
                            state, say("At least one door is needed. Type where it is wired, or w to watch the lines."))
                    : flow.onward(state.with(state.draft().withoutMoreDoors()), List.of());
        }
        return place(state, text);
    }

    private Turn place(State state, String text) {
        String[] words = text.split("[ ,]+", 2);
        String contact = words.length > 1 ? words[1].strip() : "normally_open";
        if (!contact.matches("normally_open|normally_closed")) {
            return question(
                    state,
                    say("'" + contact + "' is no form of a switch. Type normally_open, normally_closed or nothing."));
        }
        try {
            int line = SensorPlan.line(words[0]);
            if (taken(state).contains(line)) {
                return question(
                        state, say(placed(line) + " is in use already by another sensor or output. Choose another."));
            }
            return question(
                    state.found(line, Map.of(CONTACT, contact)).at(Question.NAME),
                    say(placed(line) + ", with a switch between it and ground that is " + contact.replace('_', ' ')
                            + ". If it is the other form, type '" + words[0] + " normally_closed'; b goes back."));
        } catch (SetupException e) {
            return question(state, say(e.getMessage() + "."));
        }
    }

    private Turn name(State state, String text) {
        Found found = state.found().orElseThrow();
        if (text.isEmpty()) {
            return question(state, say("A name is needed, such as Kitchen window. Any language will do."));
        }
        if (text.codePointCount(0, text.length()) > DoorNames.LONGEST || !DoorNames.isVisible(text)) {
            return question(state, say("A name has 1 to " + DoorNames.LONGEST + " visible characters."));
        }
        Set<String> ids =
                new HashSet<>(scene.present().map(Scene.Present::sensors).orElse(List.of()));
        state.doors().forEach(door -> ids.add(door.id()));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("name", text);
        settings.putAll(found.settings());
        SensorPlan door = new SensorPlan(DoorNames.id(text, ids), found.line(), settings);
        List<Said> said = both(
                say("'" + text + "' has the id " + door.id() + ". Its wires:"), List.of(new Said.Wires(List.of(door))));
        return begin(state.with(state.draft().withDoor(door)), said);
    }

    /** What watching has shown. */
    Turn happened(State state, Outcome outcome) {
        if (outcome instanceof Outcome.Moved moved) {
            return state.at() == Question.NAME ? closed(state, moved) : opened(state, moved);
        }
        if (outcome instanceof Outcome.Chattered chattered) {
            return question(
                    state.at(Question.PLACE),
                    say(placed(chattered.line()) + " changes again and again and does not come to rest: the contact or"
                            + " a wire is loose. Tighten it, then type w."));
        }
        if (outcome instanceof Outcome.Still still) {
            return still(state, still);
        }
        if (outcome instanceof Outcome.Wrong wrong) {
            return question(state.at(Question.PLACE), trouble(wrong));
        }
        boolean isEnd = outcome instanceof Outcome.Typed typed && typed.isEnter() && state.at() == Question.PLACE;
        return isEnd && !state.doors().isEmpty()
                ? flow.onward(state.with(state.draft().withoutMoreDoors()), List.of())
                : question(state.at(Question.PLACE), List.of());
    }

    private Turn opened(State state, Outcome.Moved moved) {
        if (moved.lines().size() > 1) {
            return question(
                    state.at(Question.PLACE),
                    say(moved.lines().stream().map(DoorTalk::placed).collect(Collectors.joining(" and "))
                            + " moved together. Their wires touch, or two switches sit on this door. Take one wire off"
                            + " and type w, or type the place."));
        }
        int line = moved.lines().get(0);
        boolean isOpenCircuit = moved.level() == (state.pull() == Pull.UP ? Level.HIGH : Level.LOW);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(CONTACT, isOpenCircuit ? "normally_open" : "normally_closed");
        if (state.pull() == Pull.DOWN) {
            settings.put("pull", "down");
        }
        return perform(
                state.found(line, settings).at(Question.NAME),
                say(placed(line) + " moved. Close the door now."),
                new WatchClosing(line, state.pull()));
    }

    private Turn closed(State state, Outcome.Moved moved) {
        Found found = state.found().orElseThrow();
        String form = "normally_open".equals(found.settings().get(CONTACT))
                ? "the usual form: the magnet closes it"
                : "the other form: the magnet opens it";
        String other = found.settings().containsKey("pull") ? "3.3 V" : "ground";
        return question(
                state.at(Question.NAME),
                say(placed(moved.lines().get(0)) + " moved back. The switch goes to " + other + " and is of " + form
                        + "."));
    }

    private Turn still(State state, Outcome.Still still) {
        List<Said> restless = still.restless().isEmpty()
                ? List.of()
                : say(still.restless().stream().map(DoorTalk::placed).collect(Collectors.joining(", "))
                        + " changed by itself and was left out: nothing holds it, or its cable picks something up.");
        if (state.at() == Question.NAME) {
            return question(
                    state.at(Question.PLACE),
                    both(
                            restless,
                            say(
                                    "The line did not move back in a minute. The magnet has to come close to the switch when the"
                                            + " door is closed. Type w to try again.")));
        }
        if (state.pull() == Pull.UP) {
            return watch(
                    state.with(Pull.DOWN),
                    both(
                            restless,
                            say(
                                    "No line moved in a minute. Now looking for a switch that goes to 3.3 V instead of ground."
                                            + " Close the door and open it again. (Or press a key.)")));
        }
        return question(
                state.at(Question.PLACE),
                both(
                        restless,
                        say(
                                "No line moved. Is the switch wired between a GPIO pin and a ground pin, and does the magnet come"
                                        + " close to it? Type w to try again.")));
    }

    /** How a line is named to people. */
    static String placed(int line) {
        return String.format(
                Locale.ROOT, "GPIO%d (pin %d)", line, HeaderPin.of(line).orElse(0));
    }
}
