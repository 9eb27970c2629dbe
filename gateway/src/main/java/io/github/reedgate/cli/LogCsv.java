package io.github.reedgate.cli;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.event.LogRow;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as comma-separated values (RFC 4180): a header, lines that end with CR LF, quotation marks where a value needs
 * them. Times are UTC, a value that is not there is empty, and what is not visible is escaped, so that a record is one line.
 * Immutable, safe for use by any thread.
 */
final class LogCsv implements LogFormat {

    private static final int LIMIT = 65_536;
    private static final String END = "\r\n";

    @Override
    public String head() {
        return "time,clock_synced,seq,boot,uptime_ms,event_type,alarm,sensor,name,state,message,id,more" + END;
    }

    @Override
    public String line(LogRow event) {
        return Stream.of(
                                ClockText.utc(event.time()),
                                Boolean.toString(event.clockSynced()),
                                Long.toString(event.seq()),
                                Long.toString(event.boot()),
                                Long.toString(event.uptimeMillis()),
                                value(event.type()),
                                Boolean.toString(event.alarm()),
                                value(event.sensor()),
                                value(event.name()),
                                value(event.state()),
                                value(event.message()),
                                value(event.id()),
                                value(event.more()))
                        .collect(Collectors.joining(","))
                + END;
    }

    private static String value(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String safe = SafeText.line(text, LIMIT);
        boolean needsQuotes = safe.contains(",") || safe.contains("\"") || !safe.equals(safe.strip());
        return needsQuotes ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
