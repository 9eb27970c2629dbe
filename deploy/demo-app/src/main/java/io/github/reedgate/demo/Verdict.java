package io.github.reedgate.demo;

import io.github.reedgate.demo.Arrival.SeenEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Compares what was done to door and window with what the phone got. Immutable.
 *
 * @param checks what was looked at
 */
record Verdict(List<Check> checks) {

    private static final Set<String> MOVES = Set.of("opened", "closed");

    /** Copies the list. */
    Verdict {
        checks = List.copyOf(checks);
    }

    /**
     * Judges.
     *
     * @param deeds what was done to the door
     * @param received what the phone got
     * @param retainedState the state that a stranger finds on the broker now
     */
    static Verdict of(Deeds deeds, Received received, String retainedState) {
        List<SeenEvent> events = received.events();
        return new Verdict(List.of(
                alarms(deeds, events, received.on("alarm")),
                order(deeds, events),
                numbers(events),
                glitches(deeds, events),
                outage(deeds, events),
                new Check(
                        "a newcomer finds the door's true state",
                        "retained: " + retainedState,
                        retainedState.equals(deeds.doorIs()))));
    }

    /** The same and more checks. */
    Verdict with(List<Check> more) {
        List<Check> all = new ArrayList<>(checks);
        all.addAll(more);
        return new Verdict(all);
    }

    private static Check alarms(Deeds deeds, List<SeenEvent> events, List<Arrival> alarms) {
        Set<String> ofThePanel = events.stream()
                .filter(event -> event.type().equals("triggered"))
                .map(SeenEvent::id)
                .collect(Collectors.toSet());
        List<Arrival> ofTheDoor = alarms.stream()
                .filter(alarm -> !ofThePanel.contains(alarm.properties().getOrDefault("id", "none")))
                .toList();
        Map<String, Long> byId = ofTheDoor.stream()
                .collect(Collectors.groupingBy(
                        alarm -> alarm.properties().getOrDefault("id", "none"), Collectors.counting()));
        Set<String> opened = events.stream()
                .filter(event -> event.type().equals("opened") && event.sensor().equals(House.DOOR))
                .map(SeenEvent::id)
                .collect(Collectors.toSet());
        int repeats = ofTheDoor.size() - byId.size();
        return new Check(
                "each opening raises exactly one alarm (by id)",
                deeds.openings() + " openings, " + byId.size() + " alarms"
                        + (repeats > 0 ? ", " + repeats + " sent again" : ""),
                opened.size() == deeds.openings() && byId.keySet().equals(opened));
    }

    private static Check order(Deeds deeds, List<SeenEvent> events) {
        List<String> told =
                events.stream().map(SeenEvent::type).filter(MOVES::contains).toList();
        return new Check(
                "every move is told, in order",
                told.size() + " of " + deeds.moves().size(),
                told.equals(deeds.moves()));
    }

    private static Check numbers(List<SeenEvent> events) {
        List<Long> numbers = events.stream().map(SeenEvent::seq).toList();
        if (numbers.isEmpty()) {
            return new Check("the events' numbers have no gap", "no event at all", false);
        }
        List<Long> wanted = LongStream.range(numbers.get(0), numbers.get(0) + numbers.size())
                .boxed()
                .toList();
        Set<Long> missing = new TreeSet<>(wanted);
        numbers.forEach(missing::remove);
        String range = numbers.get(0) + " to " + numbers.get(numbers.size() - 1);
        return new Check(
                "the events' numbers have no gap",
                missing.isEmpty() ? range : range + ", missing " + missing,
                numbers.equals(wanted));
    }

    private static Check glitches(Deeds deeds, List<SeenEvent> events) {
        long told =
                events.stream().filter(event -> event.type().equals("glitch")).count();
        return new Check(
                "interference raises no alarm, but is told",
                "bursts: " + deeds.glitches() + ", told: " + told,
                told > 0 || deeds.glitches() == 0);
    }

    private static Check outage(Deeds deeds, List<SeenEvent> events) {
        List<String> late = new ArrayList<>();
        for (SeenEvent event : events) {
            if (event.replayed() && MOVES.contains(event.type())) {
                late.add(event.type());
            }
        }
        return new Check(
                "moves during the outage arrive after it",
                late.size() + " of " + deeds.movesWithoutBroker(),
                late.size() == deeds.movesWithoutBroker());
    }

    boolean holds() {
        return checks.stream().allMatch(Check::holds);
    }

    /** The verdict as a table. */
    List<String> table(Paint paint) {
        List<String> lines = new ArrayList<>();
        for (Check check : checks) {
            String mark = check.holds() ? paint.green("ok  ") : paint.red("FAIL");
            lines.add("  %s  %-44s  %s".formatted(mark, check.claim(), check.found()));
        }
        return lines;
    }
}
