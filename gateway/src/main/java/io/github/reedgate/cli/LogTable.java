package io.github.reedgate.cli;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.LogRow;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes events for people: local time, number, an exclamation mark for an alarm, type, sensor and message, which is folded to the terminal's width. Columns get wider
 * if something longer comes, never narrower. An asterisk stands behind a time that the clock could not be trusted for. Used by
 * one thread.
 *
 * <pre>
 * time                  seq    type    sensor      message
 * 2026-11-22 22:14:03  4711 !  opened  front_door  Front door opened
 * 1970-01-01 01:00:12* 4713    started -           Gateway started
 * </pre>
 */
final class LogTable implements LogFormat {

    private static final int WORD_LIMIT = 40;
    private static final int NARROW_INDENT = 4;
    private static final int MESSAGE_LIMIT = 300;
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String FAINT = "2";

    private final DateTimeFormatter time;
    private final ZoneId zone;
    private final boolean colours;
    private final int columns;
    private int seqWidth = 3;
    private int typeWidth = 4;
    private int sensorWidth = 6;

    /**
     * A table.
     *
     * @param zone where the reader is
     * @param colours whether it goes to a terminal that understands colours
     * @param columns how wide it may be; {@link Integer#MAX_VALUE} for no limit
     */
    LogTable(ZoneId zone, boolean colours, int columns) {
        this.time =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
        this.zone = zone;
        this.colours = colours;
        this.columns = columns;
    }

    @Override
    public void prepare(List<LogRow> events) {
        for (LogRow event : events) {
            seqWidth = Math.max(seqWidth, Long.toString(event.seq()).length());
            typeWidth = Math.max(typeWidth, width(type(event)));
            sensorWidth = Math.max(sensorWidth, width(sensor(event)));
        }
    }

    private static int width(String text) {
        return Folded.width(text);
    }

    @Override
    public String head() {
        String names = padded("time", 19) + "  " + " ".repeat(seqWidth - 3) + "seq    " + padded("type", typeWidth)
                + "  " + padded("sensor", sensorWidth) + "  message";
        return Folded.lines(names, columns, NARROW_INDENT).stream()
                .map(line -> styled(FAINT, line) + System.lineSeparator())
                .collect(Collectors.joining());
    }

    @Override
    public String line(LogRow event) {
        String seq = Long.toString(event.seq());
        String before = time.format(event.time())
                + ClockText.offsetIfTwice(event.time(), zone)
                + (event.clockSynced() ? "  " : styled(YELLOW, "*") + " ")
                + " ".repeat(Math.max(0, seqWidth - seq.length()))
                + seq
                + (event.alarm() ? " " + styled(RED, "!") + "  " : "    ")
                + coloured(event, padded(type(event), typeWidth))
                + "  "
                + padded(sensor(event), sensorWidth)
                + "  ";
        int indent = Folded.width(before);
        boolean isNarrow = columns < Folded.MOST_INDENTS * indent;
        return Folded.lines(
                        before + SafeText.line(event.message(), MESSAGE_LIMIT),
                        columns,
                        isNarrow ? NARROW_INDENT : indent)
                .stream()
                .map(line -> line + System.lineSeparator())
                .collect(Collectors.joining());
    }

    @Override
    public Optional<String> explanation(LogRow event) {
        return event.clockSynced()
                ? Optional.empty()
                : Optional.of("* the clock was not set when this happened: the time may be wrong, the order is not");
    }

    private static String type(LogRow event) {
        return SafeText.line(event.type(), WORD_LIMIT);
    }

    private static String sensor(LogRow event) {
        String sensor = event.sensor();
        return sensor == null ? "-" : SafeText.line(sensor, WORD_LIMIT);
    }

    private String coloured(LogRow event, String text) {
        String type = event.type();
        if (type.equals(EventType.OPENED.word()) || type.equals(EventType.TAMPERED.word())) {
            return styled(RED, text);
        }
        if (type.equals(EventType.CLOSED.word()) || type.equals(EventType.TAMPER_CLEARED.word())) {
            return styled(GREEN, text);
        }
        return type.equals(EventType.SENSOR_FAULT.word()) || type.equals(EventType.OVERFLOW.word())
                ? styled(YELLOW, text)
                : text;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    private String styled(String style, String text) {
        return colours ? "\u001B[" + style + "m" + text + "\u001B[0m" : text;
    }
}
