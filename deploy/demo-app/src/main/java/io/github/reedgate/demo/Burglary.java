package io.github.reedgate.demo;

import io.github.reedgate.demo.Arrival.SeenEvent;
import io.github.reedgate.demo.Arrival.SeenReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the phone has to have got of one burglary: armed with the right code, burgled, not disarmed with a wrong code, and
 * disarmed with the right one.
 */
final class Burglary {

    private static final List<String> STATES = List.of("disarmed", "armed_away", "triggered", "disarmed");
    private static final List<String> EVENTS = List.of("arming", "armed", "triggered", "command_refused", "disarmed");
    private static final List<SeenReply> REPLIES = List.of(
            new SeenReply("ARM_AWAY", true, "null"),
            new SeenReply("DISARM", false, "wrong_code"),
            new SeenReply("DISARM", true, "null"));

    private Burglary() {}

    /** Four checks. */
    static List<Check> checks(Received received) {
        List<SeenEvent> events = received.events();
        return List.of(states(received), alarm(received, events), wrongCode(received, events), incident(events));
    }

    /** A state that is over soon, as arming is, may be left out; the events have it. */
    private static Check states(Received received) {
        List<String> states = new ArrayList<>();
        for (Arrival arrival : received.on("panel/state")) {
            String state = arrival.payload();
            boolean isNew = states.isEmpty() || !states.get(states.size() - 1).equals(state);
            if (isNew && !state.equals("arming")) {
                states.add(state);
            }
        }
        return new Check(
                "the panel does what the right code says",
                states.size() < 2 ? "it did nothing" : "at the end: " + states.get(states.size() - 1),
                states.equals(STATES));
    }

    private static Check alarm(Received received, List<SeenEvent> events) {
        Set<String> triggered = events.stream()
                .filter(event -> event.type().equals("triggered"))
                .map(SeenEvent::id)
                .collect(Collectors.toSet());
        Set<String> lines = received.on("alarm").stream()
                .filter(alarm -> triggered.contains(alarm.properties().getOrDefault("id", "none")))
                .map(Arrival::payload)
                .collect(Collectors.toSet());
        boolean isTold = lines.stream().allMatch(line -> line.startsWith("Kitchen window opened while armed away"));
        return new Check(
                "the burglary raises one alarm",
                "alarm lines: " + lines.size(),
                triggered.size() == 1 && lines.size() == 1 && isTold);
    }

    private static Check wrongCode(Received received, List<SeenEvent> events) {
        List<SeenReply> replies =
                received.on("panel/reply").stream().map(Arrival::reply).toList();
        List<SeenEvent> refused = events.stream()
                .filter(event -> event.type().equals("command_refused"))
                .toList();
        int tries = refused.isEmpty() ? 0 : refused.get(0).tries();
        return new Check(
                "a wrong code is refused and changes nothing",
                refused.isEmpty() ? "not refused" : "refused, " + (Screen.TRIES - tries) + " tries left",
                refused.size() == 1 && tries == 1 && replies.equals(REPLIES));
    }

    private static Check incident(List<SeenEvent> events) {
        List<SeenEvent> ofThePanel =
                events.stream().filter(event -> EVENTS.contains(event.type())).toList();
        Set<String> incidents = ofThePanel.stream()
                .filter(event -> Set.of("triggered", "disarmed").contains(event.type()))
                .map(SeenEvent::incident)
                .collect(Collectors.toSet());
        List<String> types = ofThePanel.stream().map(SeenEvent::type).toList();
        return new Check(
                "its events tell all of it, as one incident",
                types.size() + " events",
                types.equals(EVENTS) && incidents.size() == 1 && !incidents.contains("null"));
    }
}
