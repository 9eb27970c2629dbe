package io.github.reedgate.cli;

import io.github.reedgate.app.Explanation;
import io.github.reedgate.config.Config;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Topics;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line that {@code reedgate explain} prints. Immutable.
 *
 * @param outcome what the gateway would do, and when
 * @param where phone, event, or what has the state or is switched
 * @param what the text
 */
record ExplainedLine(Explanation.Outcome outcome, String where, String what) {

    private static final String STATE = "/state";
    private static final Pattern LENGTH =
            Pattern.compile("[0-9]+(\\.[0-9]+)? (ms|s|min|h|days|d)\\b( [0-9]+ (s|min|h)\\b)?");

    /** A line for people; empty for what repeats it for machines: details and diagnostics. */
    static Optional<ExplainedLine> of(Config config, Explanation.Outcome outcome) {
        Topics topics = Topics.of(config.topicPrefix(), config.gatewayId());
        if (outcome instanceof Explanation.Switched switched) {
            return Optional.of(new ExplainedLine(outcome, switched.output(), switched.on() ? "on" : "off"));
        }
        Message message = ((Explanation.Published) outcome).message();
        String topic = message.topic();
        if (topic.equals(topics.alarm())) {
            return Optional.of(new ExplainedLine(outcome, "phone", withoutClock(message.payload())));
        }
        if (topic.equals(topics.event())) {
            Map<String, Object> event = read(message.payload());
            return Optional.of(new ExplainedLine(
                    outcome,
                    "event",
                    String.format(Locale.ROOT, "%-18s %s", event.get("event_type"), event.get("message"))));
        }
        if (topic.endsWith(STATE)) {
            String owner = topic.substring(topics.root().length() + 1, topic.length() - STATE.length());
            return Optional.of(new ExplainedLine(outcome, owner, message.payload()));
        }
        return Optional.empty();
    }

    /** The clock time at the end of the line is that of the play and would only confuse. */
    private static String withoutClock(String line) {
        return line.substring(0, line.lastIndexOf(", "));
    }

    private static Map<String, Object> read(String payload) {
        try {
            return JsonObject.read(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for lines that say the same but for a length of time: a repeat. */
    String kind() {
        return where + " " + LENGTH.matcher(what).replaceAll("#");
    }

    /** When it is, as it is printed. */
    String time() {
        return clock(outcome.at());
    }

    String text() {
        return String.format(Locale.ROOT, "%12s  %-14s %s", clock(outcome.at()), where, what);
    }

    private static String clock(Duration at) {
        String minutes =
                String.format(Locale.ROOT, "%02d:%02d.%03d", at.toMinutesPart(), at.toSecondsPart(), at.toMillisPart());
        return "+" + (at.toHours() > 0 ? at.toHours() + ":" : "") + minutes;
    }

    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("after_ms", outcome.at().toMillis());
        if (outcome instanceof Explanation.Published published) {
            all.put("topic", published.message().topic());
            all.put("retain", published.message().retain());
            all.put("payload", published.message().payload());
        } else if (outcome instanceof Explanation.Switched switched) {
            all.put("output", switched.output());
            all.put("on", switched.on());
        }
        return all;
    }
}
