package io.github.reedgate.sim.control;

import io.github.reedgate.sim.BounceModel;
import io.github.reedgate.sim.DoorPosition;
import io.github.reedgate.sim.Fault;
import io.github.reedgate.sim.Nearest;
import io.github.reedgate.sim.SimulatedLines;
import io.github.reedgate.sim.SimulatedOutputs;
import io.github.reedgate.sim.SwitchStatus;
import io.github.reedgate.sim.Throwing;
import io.github.reedgate.sim.scenario.Mistake;
import io.github.reedgate.sim.scenario.ReadyScenarios;
import io.github.reedgate.sim.scenario.Scenario;
import io.github.reedgate.sim.scenario.ScenarioException;
import io.github.reedgate.sim.scenario.ScenarioPlayer;
import io.github.reedgate.sim.scenario.ScenarioReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out requests. A request is one line of words:
 *
 * <pre>
 * open NAME [MODEL]    close NAME [MODEL]    bounce NAME [MODEL]    stick NAME    loosen NAME    mend NAME    unstick NAME
 * deaf NAME on|off     throw NAME WHAT       status [json]          seed NUMBER   stop           play status    help
 * play [READY] [speed NUMBER]                check                       play wait
 * </pre>
 *
 * <p>{@code play wait} answers when nothing plays any more, after ten seconds at the latest. {@code check}, and {@code play} without the name of a ready scenario, are followed by the scenario's lines and a line
 * with a single dot. Safe for use by several threads, a reader each.
 */
final class Requests {

    private static final List<String> KNOWN = List.of(
            "open", "close", "bounce", "stick", "loosen", "mend", "unstick", "deaf", "throw", "status", "seed", "stop",
            "play", "check", "help");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final SimulatedLines lines;
    private final ScenarioPlayer player;

    /** On these lines. */
    Requests(SimulatedLines lines, ScenarioPlayer player) {
        this.lines = lines;
        this.player = player;
    }

    /**
     * Carries out one request.
     *
     * @param request its line
     * @param reader where the text that belongs to it is read from
     * @throws IOException if that fails
     */
    Answer answer(String request, RequestReader reader) throws IOException {
        List<String> words = List.of(request.strip().split("\\s+", -1));
        try {
            return switch (words.get(0)) {
                case "open" -> move(words, DoorPosition.OPEN);
                case "close" -> move(words, DoorPosition.CLOSED);
                case "bounce" -> bounce(words);
                case "stick" -> fault(words, Fault.STUCK, "sticks");
                case "loosen" -> fault(words, Fault.INTERMITTENT, "is intermittent");
                case "mend", "unstick" -> fault(words, Fault.NONE, "is sound");
                case "deaf" -> deaf(words);
                case "throw" -> throwing(words);
                case "status" -> status(words);
                case "seed" -> seed(words);
                case "stop" -> stop(words);
                case "play" -> play(words, reader);
                case "check" -> check(words, reader);
                case "help" -> new Answer(true, "requests", KNOWN);
                default -> Answer.error("unknown request '" + words.get(0) + "'" + Nearest.hint(words.get(0), KNOWN));
            };
        } catch (ScenarioException wrong) {
            List<String> told = wrong.mistakes().stream().map(Mistake::toString).toList();
            return new Answer(false, told.size() == 1 ? "1 mistake" : told.size() + " mistakes", told);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            return Answer.error(String.valueOf(refused.getMessage()));
        }
    }

    private Answer move(List<String> words, DoorPosition target) {
        String name = name(words, 2, 3, "NAME [MODEL]");
        String position = target == DoorPosition.OPEN ? "open" : "closed";
        boolean moved = lines.move(name, target, model(words, BounceModel.REED));
        return Answer.ok(name + (moved ? " is " + position : " is " + position + " already"));
    }

    private Answer bounce(List<String> words) {
        String name = name(words, 2, 3, "NAME [MODEL]");
        lines.bounce(name, model(words, BounceModel.EMI));
        return Answer.ok(name + " bounces");
    }

    private Answer fault(List<String> words, Fault fault, String told) {
        String name = name(words, 2, 2, "NAME");
        lines.fault(name, fault);
        return Answer.ok(name + " " + told);
    }

    private Answer deaf(List<String> words) {
        String name = name(words, 3, 3, "NAME on|off");
        String state = words.get(2);
        if (!state.equals("on") && !state.equals("off")) {
            throw new IllegalArgumentException("unknown state '" + state + "'; expected one of on, off");
        }
        lines.deaf(name, state.equals("on"));
        return Answer.ok(name + (state.equals("on") ? " is deaf" : " is heard"));
    }

    private Answer throwing(List<String> words) {
        String name = name(words, 3, 3, "NAME " + String.join("|", Throwing.words()));
        String word = words.get(2);
        Throwing what = Throwing.of(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown word '" + word + "'; expected one of " + String.join(", ", Throwing.words())));
        lines.throwing(name, what);
        return Answer.ok(name + (what == Throwing.OFF ? " throws nothing" : " throws: " + word));
    }

    private Answer status(List<String> words) {
        List<String> rows = new ArrayList<>();
        if (words.equals(List.of("status", "json"))) {
            lines.status().forEach(one -> rows.add(one.json()));
            lines.outputs().levels().forEach((line, level) -> rows.add(SimulatedOutputs.json(line, level)));
            return new Answer(true, "status", rows);
        }
        size(words, 1, 1, "[json]");
        rows.add(SwitchStatus.header());
        lines.status().forEach(one -> rows.add(one.row()));
        lines.outputs().levels().forEach((line, level) -> rows.add(SimulatedOutputs.row(line, level)));
        return new Answer(true, "status", rows);
    }

    private Answer seed(List<String> words) {
        size(words, 2, 2, "NUMBER");
        try {
            lines.seed(Long.parseLong(words.get(1)));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("seed '" + words.get(1) + "' is not a whole number", wrong);
        }
        return Answer.ok("seed " + words.get(1));
    }

    private Answer stop(List<String> words) {
        size(words, 1, 1, "");
        return Answer.ok(player.stop() ? "stopped" : "nothing is playing");
    }

    private Answer play(List<String> words, RequestReader reader) throws IOException, ScenarioException {
        if (words.equals(List.of("play", "status"))) {
            return Answer.ok(player.status().words());
        }
        if (words.equals(List.of("play", "wait"))) {
            return waited();
        }
        boolean ready = words.size() > 1 && !words.get(1).equals("speed");
        String text = ready ? "" : reader.text();
        size(words, 1, 4, "[READY] [speed NUMBER]");
        double speed = 1;
        if (words.size() > 2) {
            speed = speed(words.get(words.size() - 2), words.get(words.size() - 1));
        }
        Scenario scenario = ScenarioReader.read(ready ? ReadyScenarios.text(words.get(1)) : text, lines.names());
        player.play(scenario, lines.seed(), speed);
        return Answer.ok("playing '" + scenario.title() + "'");
    }

    private Answer waited() {
        try {
            player.await(LONGEST_WAIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return Answer.ok(player.status().words());
    }

    private static double speed(String word, String number) {
        if (!word.equals("speed")) {
            throw new IllegalArgumentException("expected 'speed' and not '" + word + "'");
        }
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("speed '" + number + "' is not a number", wrong);
        }
    }

    private Answer check(List<String> words, RequestReader reader) throws IOException, ScenarioException {
        String text = reader.text();
        size(words, 1, 1, "");
        return Answer.ok("'" + ScenarioReader.read(text, lines.names()).title() + "' is right");
    }

    private static BounceModel model(List<String> words, BounceModel absent) {
        if (words.size() < 3) {
            return absent;
        }
        String word = words.get(2);
        return BounceModel.of(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown bounce model '" + word + "'" + Nearest.hint(word, BounceModel.words())));
    }

    private static String name(List<String> words, int least, int most, String usage) {
        size(words, least, most, usage);
        return words.get(1);
    }

    private static void size(List<String> words, int least, int most, String usage) {
        if (words.size() < least || words.size() > most) {
            throw new IllegalArgumentException(("expected: " + words.get(0) + " " + usage).strip());
        }
    }
}
