package io.github.reedgate.core;

import io.github.reedgate.command.CommandText;
import io.github.reedgate.command.Gate;
import io.github.reedgate.command.Moment;
import io.github.reedgate.command.Refusal;
import io.github.reedgate.command.Verdict;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.message.LogRequest;
import io.github.reedgate.message.ReplyTo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges requests for a range of the event log. Lets them pass or refuses them; a refusal is counted, and reported by an event if there were
 * not many of late. Lives for one step.
 */
final class LogRequestStage {

    private final GatewaySettings settings;
    private final StepContext step;

    private LogRequestStage(StepContext step) {
        this.settings = step.settings();
        this.step = step;
    }

    static void run(StepContext step) {
        if (step.input() instanceof Input.Received received
                && received.message().topic().equals(step.settings().topics().logGet())) {
            new LogRequestStage(step).take(received.message());
        } else if (step.input() instanceof Input.LogRequestRefused refused) {
            new LogRequestStage(step).refuse(refused.why());
        }
    }

    private void take(Incoming message) {
        ReplyTo replyTo = message.replyTo();
        Refusal why = refusal(message, replyTo);
        if (why != null || replyTo == null) {
            refuse(why == null ? Refusal.NO_RESPONSE_TOPIC : why);
            return;
        }
        Optional<SeqRange> range = LogRequest.range(message.text());
        if (range.isEmpty()) {
            refuse(Refusal.MALFORMED);
            return;
        }
        long newest = step.reporter().nextSeq() - 1;
        step.reporter().sendLog(new StepOutput.LogWanted(new LogRequest(range.get(), replyTo), newest));
    }

    private @Nullable Refusal refusal(Incoming message, @Nullable ReplyTo replyTo) {
        if (message.retained()) {
            return Refusal.RETAINED;
        } else if (replyTo == null) {
            return Refusal.NO_RESPONSE_TOPIC;
        } else if (!settings.topics().isMonitors(replyTo.topic())) {
            return Refusal.FOREIGN_RESPONSE_TOPIC;
        }
        return switch (message.shape()) {
            case TEXT -> message.text().length() > CommandText.LIMIT_BYTES ? Refusal.TOO_LARGE : null;
            case TOO_LONG -> Refusal.TOO_LARGE;
            case NOT_TEXT -> Refusal.NOT_UTF8;
        };
    }

    private void refuse(Refusal why) {
        Gate.Outcome outcome = new Gate(settings.commands(), settings.gatewayId())
                .refusedRequest(
                        step.gate(), why, new Moment(step.now(), step.clock().synced()));
        step.gate(outcome.state());
        if (outcome.verdict() instanceof Verdict.Refused refused
                && refused.notice().told()) {
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("topic", settings.topics().logGet());
            more.put("reason", why.word());
            if (refused.notice().untold() > 0) {
                more.put("untold", refused.notice().untold());
            }
            String message = "Request for the log refused: " + why.sentence();
            step.reporter().gatewayEvent(EventType.COMMAND_REFUSED, message, more);
            step.reporter().log(true, message);
        }
    }
}
