package io.github.reedgate.sim.scenario;

import io.github.reedgate.sim.BounceModel;
import io.github.reedgate.sim.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of one line, taken one after the other. A wrong word is noted as a mistake and a harmless value stands in for
 * it, so that reading goes on and finds the next mistake. Used by one thread.
 */
final class LineWords {

    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern PLACE = Pattern.compile("@([1-9]\\d{0,2})");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}(?:\\.tamper)?");
    private static final int LONGEST_QUOTE = 40;

    private final String text;
    private final int line;
    private final List<Mistake> mistakes;
    private final List<Integer> columns = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private int next;
    private boolean lost;

    /** The words of a line before its comment. */
    LineWords(String text, int line, List<Mistake> mistakes) {
        this.text = text;
        this.line = line;
        this.mistakes = mistakes;
        Matcher matcher = WORD.matcher(text);
        while (matcher.find() && matcher.group().charAt(0) != '#') {
            columns.add(matcher.start() + 1);
            words.add(matcher.group());
        }
    }

    /** The line's number, from 1. */
    int line() {
        return line;
    }

    /** Whether no word is left. */
    boolean atEnd() {
        return next == words.size();
    }

    /** Takes the next word if it is this one. */
    boolean accept(String word) {
        boolean same = !atEnd() && words.get(next).equals(word);
        if (same) {
            next++;
        }
        return same;
    }

    /** The next word without taking it; empty at the end. */
    String peek() {
        return atEnd() ? "" : words.get(next);
    }

    /** The column of the next word, or the one behind the last. */
    int column() {
        if (!atEnd()) {
            return columns.get(next);
        }
        int last = words.size() - 1;
        return last < 0 ? 1 : columns.get(last) + words.get(last).length();
    }

    /** Notes a mistake at the next word. */
    void mistake(String message) {
        mistakeAt(column(), message);
    }

    /** Notes a mistake at a word taken before. */
    void mistakeAt(int column, String message) {
        if (!lost) {
            mistakes.add(new Mistake(line, column, message));
        }
    }

    /** Takes the next word, which must be one of these; empty and a mistake if not. */
    Optional<String> oneOf(Collection<String> known, String what) {
        if (atEnd()) {
            mistake("expected " + what + ": one of " + String.join(", ", known));
            return Optional.empty();
        }
        String word = words.get(next);
        if (!known.contains(word)) {
            mistake("unknown " + what + " " + quoted(word) + Nearest.hint(word, known));
            next++;
            return Optional.empty();
        }
        next++;
        return Optional.of(word);
    }

    /** Takes all that is left as one text, comment excluded; a mistake if there is nothing. */
    String rest(String what) {
        if (atEnd()) {
            mistake("expected " + what);
            return "";
        }
        int from = columns.get(next) - 1;
        next = words.size();
        int to = column() - 1;
        return text.substring(from, to);
    }

    /** Takes a bounce model. */
    BounceModel model() {
        return oneOf(BounceModel.words(), "bounce model")
                .flatMap(BounceModel::of)
                .orElse(BounceModel.CLEAN);
    }

    /** Takes a door; a name must be among the known ones unless none is known. */
    DoorRef door(Collection<String> known) {
        if (atEnd()) {
            mistake("expected a door: a name, @1 for the first, any, it or all");
            return DoorRef.NONE;
        }
        String word = words.get(next);
        Matcher place = PLACE.matcher(word);
        DoorRef door;
        if (place.matches()) {
            door = new DoorRef(DoorRef.Kind.PLACE, "", Integer.parseInt(place.group(1)));
        } else if (word.equals("any") || word.equals("it") || word.equals("all")) {
            door = new DoorRef(
                    word.equals("any") ? DoorRef.Kind.ANY : word.equals("it") ? DoorRef.Kind.IT : DoorRef.Kind.ALL,
                    "",
                    0);
        } else {
            checkName(word, known);
            door = new DoorRef(DoorRef.Kind.NAME, word, 0);
        }
        next++;
        return door;
    }

    private void checkName(String word, Collection<String> known) {
        if (!NAME.matcher(word).matches()) {
            mistake(quoted(word) + " is not a door: expected a name of a-z, 0-9, _ and -, or @1, any, it, all");
        } else if (!known.isEmpty() && !known.contains(word)) {
            mistake("unknown door " + quoted(word) + Nearest.hint(word, known));
        }
    }

    /** Takes a duration or a range of durations, in nanoseconds. */
    Span span() {
        return taken("a time such as 500ms, 2s, 5m, 1.5h or 2s..40s", Times.span(peek()));
    }

    /** Takes a time since the beginning of the round: a clock time, a duration, or a range of either. */
    Span moment() {
        return taken("a time such as 07:30, 07:30:15, 90s or 07:00..07:30", Times.moment(peek()));
    }

    /** Takes a number of rounds. */
    Span count(int most) {
        Optional<Span> value = Times.count(peek());
        if (value.isPresent() && (value.get().most() > most || value.get().most() < 1)) {
            mistake(quoted(peek()) + " is out of range; 1 to " + most + " is allowed");
            next++;
            return Span.of(1);
        }
        return value.isPresent() ? taken("", value) : noCount();
    }

    private Span noCount() {
        taken("a number such as 3 or 2..5", Optional.empty());
        return Span.of(1);
    }

    private Span taken(String expected, Optional<Span> value) {
        if (value.isEmpty()) {
            mistake(atEnd() ? "expected " + expected : quoted(peek()) + " is not " + expected);
        }
        next = Math.min(next + 1, words.size());
        return value.orElse(Span.of(0));
    }

    /** Takes the next word, which must be this one; if not, the rest of the line can't be understood and is left out. */
    void keyword(String word) {
        if (!accept(word)) {
            mistake(atEnd() ? "expected '" + word + "'" : "expected '" + word + "' and not " + quoted(peek()));
            next = words.size();
            lost = true;
        }
    }

    /** Notes a mistake if a word is left. */
    void end() {
        if (!atEnd()) {
            mistake("nothing more was expected here, but there is " + quoted(peek()));
            next = words.size();
        }
    }

    private static String quoted(String word) {
        StringBuilder shown = new StringBuilder("'");
        int end = Math.min(word.length(), LONGEST_QUOTE);
        for (int i = 0; i < end; i++) {
            char c = word.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return shown.append(end < word.length() ? "…'" : "'").toString();
    }
}
