package io.github.reedgate.sim.scenario;

import io.github.reedgate.sim.BounceModel;
import io.github.reedgate.sim.Nearest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads a scenario's text. The grammar, one statement a line, {@code #} begins a comment:
 *
 * <pre>
 * header = "title" TEXT | "seed" NUMBER | "model" MODEL                      before the first step
 * step   = [ "at" MOMENT | "after" SPAN ] action
 * action = ("open" | "close" | "bounce") DOOR [ "with" MODEL ] | ("stick" | "loosen" | "mend") DOOR
 *        | "deaf" DOOR ("on" | "off") | "mark" TEXT | "wait" SPAN
 * block  = "repeat" COUNT [ "every" SPAN ] | "days" COUNT | "random" COUNT "from" MOMENT "to" MOMENT
 *          … steps and blocks …
 *          "end"
 * </pre>
 *
 * A reader reads one text, on one thread. All mistakes are found, not the first alone.
 */
public final class ScenarioReader {

    /** The longest text that is read, in characters. */
    public static final int MAX_CHARACTERS = 262_144;

    private static final int MAX_DEPTH = 8;
    private static final int MAX_ROUNDS = 100_000;
    private static final int MAX_DAYS = 3_660;
    private static final long MAX_STEPS = 10_000_000;
    private static final int MAX_MISTAKES = 100;
    private static final List<String> HEADERS = List.of("title", "seed", "model");
    private static final List<String> BLOCKS = List.of("repeat", "days", "random");

    private final Collection<String> doors;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final Deque<OpenBlock> open = new ArrayDeque<>();
    private String title = "untitled";
    private Optional<Long> seed = Optional.empty();
    private BounceModel model = BounceModel.REED;
    private boolean begun;
    private boolean doorNamed;

    private ScenarioReader(Collection<String> doors) {
        this.doors = doors;
        open.push(OpenBlock.outermost());
    }

    /**
     * Reads a text without checking the names of doors.
     *
     * @throws ScenarioException with all mistakes
     */
    public static Scenario read(String text) throws ScenarioException {
        return read(text, List.of());
    }

    /**
     * Reads a text whose doors must be among the known ones.
     *
     * @param text the scenario, lines ended by LF or CR LF
     * @param doors the names there are; empty to leave names unchecked
     * @throws ScenarioException with all mistakes, a hundred at most
     */
    public static Scenario read(String text, Collection<String> doors) throws ScenarioException {
        return new ScenarioReader(doors).readAll(text);
    }

    private Scenario readAll(String text) throws ScenarioException {
        if (text.length() > MAX_CHARACTERS) {
            throw new ScenarioException(List.of(new Mistake(
                    1, 1, "the text has " + text.length() + " characters; " + MAX_CHARACTERS + " are allowed")));
        }
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            if (mistakes.size() < MAX_MISTAKES) {
                read(new LineWords(line, number, mistakes));
            }
        }
        while (open.size() > 1) {
            OpenBlock unended = open.pop();
            mistakes.add(
                    new Mistake(unended.line(), unended.column(), "this block is never ended; an 'end' is missing"));
            open.element().add(unended);
        }
        OpenBlock all = open.pop();
        if (mistakes.isEmpty() && all.steps().isEmpty()) {
            mistakes.add(new Mistake(1, 1, "there is no step in it; expected one such as 'at 2s open front_door'"));
        }
        if (mistakes.isEmpty() && all.weight() > MAX_STEPS) {
            mistakes.add(new Mistake(
                    1, 1, "all rounds together may be more than " + MAX_STEPS + " steps; repeat less often"));
        }
        if (!mistakes.isEmpty()) {
            throw new ScenarioException(mistakes);
        }
        return new Scenario(title, seed, all.steps());
    }

    private void read(LineWords words) {
        if (words.atEnd()) {
            return;
        }
        String first = words.peek();
        if (HEADERS.contains(first)) {
            header(words, first);
        } else if (BLOCKS.contains(first)) {
            begun = true;
            block(words, first);
        } else if (first.equals("end")) {
            endBlock(words);
        } else {
            begun = true;
            step(words);
        }
    }

    private void header(LineWords words, String first) {
        if (begun) {
            words.mistake("'" + first + "' belongs above the first step");
        }
        words.accept(first);
        if (first.equals("title")) {
            title = words.rest("a title");
        } else if (first.equals("model")) {
            model = words.model();
        } else {
            seed(words);
        }
        words.end();
    }

    private void seed(LineWords words) {
        String word = words.peek();
        try {
            seed = Optional.of(Long.parseLong(word));
            words.accept(word);
        } catch (NumberFormatException wrong) {
            words.mistake("expected a whole number as the seed" + (word.isEmpty() ? "" : " and not '" + word + "'"));
            words.accept(word);
        }
    }

    private void block(LineWords words, String first) {
        int column = words.column();
        words.accept(first);
        Step.Block head = switch (first) {
            case "repeat" -> repeat(words);
            case "days" -> head(words.count(MAX_DAYS), Span.of(Times.DAY_NANOS));
            default -> random(words);
        };
        words.end();
        OpenBlock block = new OpenBlock(words.line(), column, head);
        if (open.size() > MAX_DEPTH) {
            mistakes.add(new Mistake(words.line(), column, "blocks are nested more than " + MAX_DEPTH + " deep"));
        }
        open.push(block);
    }

    private static Step.Block head(Span rounds, Span every) {
        return new Step.Block(rounds, every, Span.of(0), List.of());
    }

    private static Step.Block repeat(LineWords words) {
        Span rounds = words.count(MAX_ROUNDS);
        if (words.atEnd()) {
            return head(rounds, Span.of(0));
        }
        words.keyword("every");
        return head(rounds, words.span());
    }

    private static Step.Block random(LineWords words) {
        Span rounds = words.count(MAX_ROUNDS);
        words.keyword("from");
        Span from = words.moment();
        words.keyword("to");
        int column = words.column();
        String word = words.peek();
        Span to = words.moment();
        if (to.most() <= from.least() && to.most() > 0) {
            words.mistakeAt(column, "'" + word + "' is not later than where the random times begin");
        }
        return new Step.Block(rounds, Span.of(0), new Span(from.least(), Math.max(to.most(), from.least())), List.of());
    }

    private void endBlock(LineWords words) {
        if (open.size() == 1) {
            words.mistake("'end' without a block; expected a 'repeat', 'days' or 'random' above it");
            return;
        }
        words.accept("end");
        words.end();
        OpenBlock ended = open.pop();
        if (ended.steps().isEmpty()) {
            mistakes.add(new Mistake(ended.line(), ended.column(), "there is no step in this block"));
        }
        open.element().add(ended);
    }

    private void step(LineWords words) {
        Step.When when = Step.When.AFTER;
        Span time = Span.of(0);
        if (words.accept("at")) {
            when = Step.When.AT;
            time = moment(words);
        } else if (words.accept("after")) {
            time = words.span();
        } else if (Verb.of(words.peek()).isEmpty()) {
            List<String> known = new ArrayList<>(Verb.words());
            known.addAll(List.of("at", "after", "end"));
            known.addAll(BLOCKS);
            known.addAll(HEADERS);
            words.mistake("unknown word '" + words.peek() + "'" + Nearest.hint(words.peek(), known));
            return;
        }
        Optional<Verb> verb = words.oneOf(Verb.words(), "action").flatMap(Verb::of);
        if (verb.isPresent()) {
            open.element().add(action(words, verb.get(), when, time));
            words.end();
        }
    }

    private Span moment(LineWords words) {
        int column = words.column();
        String word = words.peek();
        Span time = words.moment();
        long earliest = open.element().earliestNanos();
        if (time.most() > 0 && time.most() < earliest) {
            words.mistakeAt(column, "'" + word + "' is earlier than the step above it; put steps in the order of time");
        }
        return time;
    }

    private Step.Act action(LineWords words, Verb verb, Step.When when, Span time) {
        if (verb == Verb.MARK) {
            return new Step.Act(when, time, verb, DoorRef.NONE, BounceModel.CLEAN, words.rest("the mark's text"));
        }
        if (verb == Verb.WAIT) {
            Span more = words.span();
            Span sum = new Span(time.least() + more.least(), time.most() + more.most());
            return new Step.Act(when, sum, verb, DoorRef.NONE, BounceModel.CLEAN, "");
        }
        DoorRef door = door(words);
        if (verb == Verb.DEAF) {
            String state = words.oneOf(List.of("on", "off"), "state").orElse("on");
            return new Step.Act(when, time, verb, door, BounceModel.CLEAN, state);
        }
        BounceModel chosen = verb == Verb.BOUNCE ? BounceModel.EMI : model;
        if (verb.takesModel() && !words.atEnd()) {
            words.keyword("with");
            chosen = words.model();
        }
        return new Step.Act(when, time, verb, door, chosen, "");
    }

    private DoorRef door(LineWords words) {
        if (words.peek().equals("it") && !doorNamed) {
            words.mistake("'it' means the door of the step before, but there is none");
        }
        DoorRef door = words.door(doors);
        doorNamed = true;
        return door;
    }
}
