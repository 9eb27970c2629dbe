package io.github.reedgate.cli;

import io.github.reedgate.event.ClockText;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes a message for people: local time, gateway and sensor, what it says, and {@code retained} if it is no news. Immutable,
 * safe for use by any thread.
 *
 * <pre>
 * 22:14:03  home/front_door       OPEN
 * 22:14:03  home                  Front door opened, 22:14:03
 * 22:14:03  home                  event opened: Front door opened (#4711)
 * </pre>
 */
final class MessageLine implements MessageFormat {

    /** Most characters of a payload on a line. */
    static final int PAYLOAD_LIMIT = 300;

    private static final int WHERE_LIMIT = 80;
    private static final int FIELD_LIMIT = 40;
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String BOLD = "1";
    private static final String FAINT = "2";

    private final ZoneId zone;
    private final boolean colours;

    /**
     * A format.
     *
     * @param zone where the reader is
     * @param colours whether the line goes to a terminal that understands colours
     */
    MessageLine(ZoneId zone, boolean colours) {
        this.zone = zone;
        this.colours = colours;
    }

    @Override
    public String line(Received message) {
        List<String> levels = List.of(message.topic().split("/", -1));
        String where = SafeText.line(where(message.topic(), levels), WHERE_LIMIT);
        String line = String.format(
                Locale.ROOT, "%s  %-22s  %s", ClockText.clock(message.at(), zone), where, body(message, levels));
        if (message.flags().retained()) {
            line += "  " + styled(FAINT, "retained");
        }
        return message.flags().duplicate() ? line + "  " + styled(FAINT, "repeated") : line;
    }

    private static String where(String topic, List<String> levels) {
        int size = levels.size();
        return switch (levels.get(size - 1)) {
            case "state", "detail" -> size < 3 ? topic : levels.get(size - 3) + "/" + levels.get(size - 2);
            case "availability", "alarm", "event" -> size < 2 ? topic : levels.get(size - 2);
            default -> topic;
        };
    }

    private String body(Received message, List<String> levels) {
        String text = payload(message);
        return switch (levels.get(levels.size() - 1)) {
            case "state" -> state(text);
            case "availability" -> availability(text);
            case "alarm" -> styled(BOLD, text);
            case "detail" -> "detail " + text;
            case "event" -> event(message).orElse("event " + text);
            default -> text;
        };
    }

    private static String payload(Received message) {
        if (message.payload().length == 0) {
            return "(empty)";
        }
        Optional<String> text = message.text();
        return text.isPresent()
                ? SafeText.line(text.get(), PAYLOAD_LIMIT)
                : SafeText.line(new String(message.payload(), StandardCharsets.UTF_8), PAYLOAD_LIMIT) + " (not UTF-8, "
                        + message.payload().length + " bytes)";
    }

    private String state(String word) {
        return switch (word) {
            case "open", "tampered" -> styled(RED, word.toUpperCase(Locale.ROOT));
            case "closed", "ok" -> styled(GREEN, word.toUpperCase(Locale.ROOT));
            case "unknown" -> styled(YELLOW, "UNKNOWN");
            default -> word;
        };
    }

    private String availability(String word) {
        return switch (word) {
            case "online" -> styled(GREEN, word);
            case "offline" -> styled(RED, word);
            default -> word;
        };
    }

    private Optional<String> event(Received message) {
        return message.text()
                .flatMap(text -> EventSummary.of(message.payload()))
                .map(event -> {
                    String number = event.seq().isEmpty() ? "" : " (#" + SafeText.line(event.seq(), FIELD_LIMIT) + ")";
                    String late = event.replayed()
                            ? ", told late, of " + SafeText.line(ReaderTime.text(event.time(), zone), FIELD_LIMIT)
                            : "";
                    return "event " + SafeText.line(event.type(), FIELD_LIMIT) + ": "
                            + SafeText.line(event.message(), PAYLOAD_LIMIT) + number + late;
                });
    }

    private String styled(String style, String text) {
        return colours ? "\u001B[" + style + "m" + text + "\u001B[0m" : text;
    }
}
