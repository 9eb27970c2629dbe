package io.github.reedgate.demo;

import io.github.reedgate.demo.Arrival.SeenEvent;
import io.github.reedgate.demo.Arrival.SeenReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a phone makes of messages. */
final class Screen {

    /** So many wrong codes lock. */
    static final int TRIES = 5;

    private static final int WIDTH = 60;
    private static final String INDENT = "   ";

    private Screen() {}

    /**
     * A line and how it is painted.
     *
     * @param text the line
     * @param tone what it means
     */
    record Line(String text, Tone tone) {}

    /** What is shown of a message when it arrives; empty if it is not shown. */
    static Optional<Line> line(Arrival arrival) {
        if (arrival.endsWith("alarm")) {
            return Optional.of(new Line("ALARM " + arrival.payload(), Tone.ALARM));
        } else if (arrival.endsWith("panel/state")) {
            return Optional.of(new Line("panel " + arrival.payload(), panelTone(arrival.payload())));
        } else if (arrival.endsWith("panel/reply")) {
            return Optional.of(new Line("reply " + said(arrival.reply()), Tone.BOLD));
        } else if (arrival.endsWith("state")) {
            String[] levels = arrival.topic().split("/", -1);
            return Optional.of(new Line(levels[levels.length - 2] + " " + arrival.payload(), Tone.GOOD));
        } else if (arrival.endsWith("availability")) {
            return Optional.of(new Line("gateway " + arrival.payload(), Tone.WATCH));
        } else if (arrival.endsWith("event") && !arrival.event().type().matches("opened|closed")) {
            SeenEvent event = arrival.event();
            return Optional.of(new Line("event " + event.type() + tries(event), Tone.DIM));
        }
        return Optional.empty();
    }

    /** What a state of the panel means. */
    static Tone panelTone(String state) {
        return switch (state) {
            case "triggered" -> Tone.ALARM;
            case "disarmed" -> Tone.GOOD;
            default -> Tone.WATCH;
        };
    }

    /** How many wrong codes there were, in brackets; empty text if the event does not say. */
    static String tries(SeenEvent event) {
        return event.tries() == 0 ? "" : " (try " + event.tries() + " of " + TRIES + ")";
    }

    private static String said(SeenReply reply) {
        return reply.action() + (reply.accepted() ? " done" : " refused: " + reply.reason());
    }

    /** An answer to a command in plain words. */
    static String words(SeenReply reply) {
        String action = World.spaced(reply.action());
        return reply.accepted() ? action + ", done" : action + ", refused: " + World.spaced(reply.reason());
    }

    /** The burglary as it stands on the phone: its alarm lines and the answers to commands, in a frame. */
    static List<String> picture(Received received) {
        List<SeenEvent> events = received.events();
        Set<String> triggered = events.stream()
                .filter(event -> event.type().equals("triggered"))
                .map(SeenEvent::id)
                .collect(Collectors.toSet());
        int tries = events.stream().mapToInt(SeenEvent::tries).max().orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(INDENT + "╭" + "─".repeat(WIDTH + 2) + "╮");
        for (Arrival arrival : received.all()) {
            if (arrival.endsWith("panel/reply")) {
                lines.addAll(framed(answer(arrival.reply(), tries)));
            } else if (arrival.endsWith("alarm")
                    && triggered.contains(arrival.properties().getOrDefault("id", "none"))) {
                lines.addAll(framed("ALARM  " + arrival.payload()));
            }
        }
        lines.add(INDENT + "╰" + "─".repeat(WIDTH + 2) + "╯");
        return lines;
    }

    /** How many tries are left stands in the event that tells the wrong code. */
    private static String answer(SeenReply reply, int tries) {
        String action = reply.action().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (reply.accepted()) {
            return "you    " + action + ": done";
        }
        String left = tries == 0 || !reply.reason().equals("wrong_code") ? "" : ", " + (TRIES - tries) + " tries left";
        return "you    " + action + ": refused, " + reply.reason().replace('_', ' ') + left;
    }

    private static List<String> framed(String text) {
        return Columns.wrap(Glyphs.unicode().shown(text), WIDTH).stream()
                .map(part -> INDENT + "│ " + Columns.pad(part, WIDTH) + " │")
                .toList();
    }
}
