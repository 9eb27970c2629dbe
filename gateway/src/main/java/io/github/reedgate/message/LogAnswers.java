package io.github.reedgate.message;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.event.EventJson;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.json.Json;
import io.github.reedgate.json.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the messages that answer a {@link LogRequest}. Immutable, safe for use by any thread.
 *
 * @param gatewayId the gateway's id, which no row of the log has
 */
public record LogAnswers(String gatewayId) {

    /** Why a request got no full answer; the word sent is the name in lower case. */
    public enum Failure {
        /** More numbers were asked for than are answered at once. */
        TOO_MANY_NUMBERS("too_many_numbers"),
        /** Too many requests wait. */
        BUSY("busy"),
        /** The log could not be read. */
        UNREADABLE("unreadable"),
        /** The broker takes no message as long as one of the events. */
        TOO_LARGE("too_large");

        private final String word;

        Failure(String word) {
            this.word = word;
        }

        /** The word sent. */
        public String word() {
            return word;
        }
    }

    /** An event of the log; empty if its further fields are no JSON that this program writes. */
    public Optional<Answer> event(LogRow row, ReplyTo to) {
        return EventJson.writeReplayed(row, gatewayId)
                .map(payload -> answer(
                        to,
                        payload,
                        Map.of(
                                "id", row.id(),
                                "seq", Long.toString(row.seq()),
                                "time", ClockText.utc(row.time()),
                                "event_type", row.type(),
                                "replayed", "true")));
    }

    /**
     * The end of an answer that is whole.
     *
     * @param covered the range that was answered
     * @param missing the parts of it that the log does not have, lowest first
     */
    public Answer end(SeqRange covered, List<SeqRange> missing, ReplyTo to) {
        return line(to, json -> {
            range(json, covered);
            json.value(
                    "missing",
                    missing.stream().map(gap -> List.of(gap.from(), gap.to())).toList());
            json.flag("end", true);
        });
    }

    /**
     * The end of an answer that is not whole. It says nothing about which numbers are missing.
     *
     * @param range the range that was asked for
     */
    public Answer error(Failure why, SeqRange range, ReplyTo to) {
        return line(to, json -> {
            json.text("error", why.word());
            range(json, range);
            json.flag("end", true);
        });
    }

    private static void range(JsonWriter json, SeqRange range) throws IOException {
        json.number("from", range.from());
        json.number("to", range.to());
    }

    private static Answer line(ReplyTo to, Json.Fields fields) {
        return answer(to, Json.write(fields), Map.of());
    }

    private static Answer answer(ReplyTo to, String payload, Map<String, String> properties) {
        Message message = new Message(to.topic(), payload, QoS.AT_LEAST_ONCE, false, Message.JSON, properties);
        return new Answer(message, to.correlation());
    }
}
