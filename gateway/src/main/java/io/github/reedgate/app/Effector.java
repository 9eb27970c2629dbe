package io.github.reedgate.app;

import io.github.reedgate.core.Effect;
import io.github.reedgate.delivery.Courier;
import io.github.reedgate.delivery.Journal;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Message;
import io.github.reedgate.notice.Grade;
import io.github.reedgate.notice.Notice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what a step wants done, all but reading levels, which it only notes down. Each effect by itself: one that
 * fails costs no other. Owned by the loop's thread.
 */
final class Effector {

    private static final Logger LOG = LoggerFactory.getLogger(Effector.class);

    private final GatewayLoop.Parts parts;
    private final Mishaps mishaps;
    private final Deque<Integer> wantedReads = new ArrayDeque<>();
    private final Promises promises = new Promises();
    private final List<Consumer<Boolean>> promised = new ArrayList<>();
    private final Map<String, Long> shown = new HashMap<>();
    private final Map<String, Message> withheld = new LinkedHashMap<>();
    private Set<String> withholding = Set.of();
    private long steps;
    private boolean gaveWay;

    Effector(GatewayLoop.Parts parts, Mishaps mishaps) {
        this.parts = parts;
        this.mishaps = mishaps;
    }

    /** Indices of the sensors whose level is wanted, oldest first; the caller removes them. */
    Deque<Integer> wantedReads() {
        return wantedReads;
    }

    /** Carries out the effects of one step, in their order. */
    void carryOut(List<Effect> effects) {
        gaveWay = false;
        steps++;
        promised.clear();
        Journal journal = parts.storage().journal();
        journal.begin();
        try {
            for (Effect effect : effects) {
                mishaps.survive(() -> carryOut(effect), effect);
            }
            release();
            if (!promised.isEmpty()) {
                long number = promises.hold(promised, parts.time().now().monotonicNanos());
                if (journal.confirm(number)) {
                    promises.confirmed(number, true);
                }
            }
        } finally {
            journal.end();
        }
    }

    /** What is retained and kept from the broker for a while. */
    Collection<Message> withheld() {
        return withheld.values();
    }

    /** Publishes what is withheld no longer; at the end of a step, so that of each topic only the newest value goes. */
    private void release() {
        List<Message> free = withheld.values().stream()
                .filter(message -> !withholding.contains(message.topic()))
                .toList();
        withheld.keySet().retainAll(withholding);
        free.forEach(message -> parts.delivery().courier().publish(message, Priority.ROUTINE, 0));
    }

    /** What was promised, and is said when the store has answered or it takes too long. */
    Promises promises() {
        return promises;
    }

    private void promise(Effect effect, Consumer<Boolean> said) {
        promised.add(stored -> mishaps.survive(() -> said.accept(stored), effect));
    }

    /** A retained message that something newer has replaced meanwhile is not published: an alarm did not wait for the disk. */
    private void fulfil(Effect.Promise promise, long step, boolean stored) {
        Message message = (stored ? promise.kept() : promise.unkept()).message();
        if (!message.retain() || shown.getOrDefault(message.topic(), 0L) <= step) {
            publish(new Effect.Publish(() -> message, Priority.ROUTINE, 0), message, step);
        }
    }

    private void publish(Effect.Publish publish, Message message, long step) {
        Courier courier = parts.delivery().courier();
        if (message.retain()) {
            shown.put(message.topic(), step);
            if (withholding.contains(message.topic())) {
                withheld.put(message.topic(), message);
                return;
            }
            withheld.remove(message.topic());
        }
        courier.publish(message, publish.priority(), publish.requestId());
        if (!gaveWay && publish.priority() == Priority.ALARM && courier.isConnected()) {
            parts.queue().giveWay();
            gaveWay = true;
        }
    }

    private void carryOut(Effect effect) {
        Courier courier = parts.delivery().courier();
        if (effect instanceof Effect.Publish publish) {
            publish(publish, publish.message(), steps);
        } else if (effect instanceof Effect.Promise promise) {
            long step = steps;
            promise(promise, stored -> fulfil(promise, step, stored));
        } else if (effect instanceof Effect.Drive drive) {
            parts.outputs().drive(drive.output(), drive.on());
        } else if (effect instanceof Effect.Withhold withhold) {
            withholding = withhold.topics();
        } else if (effect instanceof Effect.Refresh) {
            courier.refresh();
        } else if (effect instanceof Effect.Keep keep) {
            parts.storage().journal().keep(keep.event());
        } else if (effect instanceof Effect.Renumber renumber) {
            parts.storage().outbox().renumber(renumber.fromSeq(), renumber.toSeq(), renumber.by());
        } else if (effect instanceof Effect.KeepPanel keep) {
            parts.storage().journal().keepPanel(keep.document().text());
        } else if (effect instanceof Effect.ReadLevel read) {
            wantedReads.add(read.sensor());
        } else if (effect instanceof Effect.Heartbeat beat) {
            courier.publish(diagnostics(beat), Priority.ROUTINE, 0);
        } else if (effect instanceof Effect.CheckCode check) {
            parts.desk().check(check);
        } else if (effect instanceof Effect.Note note) {
            parts.storage().journal().note(note.name(), note.value());
        } else if (effect instanceof Effect.CorrectClock correct) {
            parts.storage().journal().correctClock(correct.boot(), correct.wallMillisAtUptimeZero());
        } else if (effect instanceof Effect.Log log) {
            if (log.warning()) {
                LOG.warn(log.text());
            } else {
                LOG.info(log.text());
            }
        } else {
            answer(effect);
            carryOutNotice(effect);
        }
    }

    private Message diagnostics(Effect.Heartbeat beat) {
        List<LostSubscription> lost =
                parts.delivery().lostSubscriptions(parts.time().now());
        return parts.vitals().diagnostics(beat, parts.storage().outbox(), lost);
    }

    private void answer(Effect effect) {
        CommandDesk.Askers askers = parts.desk().askers();
        if (effect instanceof Effect.PanelAnswered answered) {
            promise(answered, stored -> askers.answered(answered, stored));
        } else if (effect instanceof Effect.WalkAnswered answered) {
            promise(answered, stored -> askers.walked(answered, stored));
        } else if (effect instanceof Effect.TestRaised raised) {
            promise(raised, stored -> askers.raised(raised, stored));
        }
    }

    private void carryOutNotice(Effect effect) {
        long nowNanos = parts.time().now().monotonicNanos();
        if (effect instanceof Effect.Notify notify) {
            notify(notify, nowNanos);
        } else if (effect instanceof Effect.ForgetNotice forget) {
            parts.storage().journal().forgetNotice(forget.id());
        } else if (effect instanceof Effect.KeepNotices keep) {
            parts.storage().journal().keepNoticePlan(keep.document().text());
            parts.notifier().planned(keep.document().plan(), nowNanos);
        }
    }

    /** An alarm is sent at once; what answers a button or reports a command is sent when it is on disk. */
    private void notify(Effect.Notify notify, long nowNanos) {
        Notice notice = notify.notice();
        OptionalLong id = parts.notifier().keep(notice, nowNanos);
        if (id.isPresent() && notice.grade() == Grade.ALARM) {
            parts.notifier().send(id.getAsLong(), notice, nowNanos);
        } else if (id.isPresent()) {
            promise(
                    notify,
                    stored -> parts.notifier()
                            .send(id.getAsLong(), notice, parts.time().now().monotonicNanos()));
        }
    }
}
