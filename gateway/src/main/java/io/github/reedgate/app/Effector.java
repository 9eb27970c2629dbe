package io.github.reedgate.app;

import io.github.reedgate.core.Effect;
import io.github.reedgate.delivery.Courier;
import io.github.reedgate.delivery.Journal;
import io.github.reedgate.message.Importance;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
        Journal journal = parts.storage().journal();
        journal.begin();
        try {
            for (Effect effect : effects) {
                mishaps.survive(() -> carryOut(effect), effect);
            }
        } finally {
            journal.end();
        }
    }

    private void carryOut(Effect effect) {
        Courier courier = parts.delivery().courier();
        if (effect instanceof Effect.Publish publish) {
            courier.publish(publish.message(), publish.importance(), publish.requestId());
            if (!gaveWay && publish.importance() == Importance.ALARM && courier.isConnected()) {
                parts.queue().giveWay();
                gaveWay = true;
            }
        } else if (effect instanceof Effect.Drive drive) {
            parts.outputs().drive(drive.output(), drive.on());
        } else if (effect instanceof Effect.Refresh) {
            courier.refresh();
        } else if (effect instanceof Effect.Keep keep) {
            parts.storage().journal().keep(keep.event());
        } else if (effect instanceof Effect.KeepPanel keep) {
            parts.storage().journal().keepPanel(keep.document().text());
        } else if (effect instanceof Effect.ReadLevel read) {
            wantedReads.add(read.sensor());
        } else if (effect instanceof Effect.Heartbeat beat) {
            courier.publish(parts.vitals().diagnostics(beat, parts.storage().outbox()), Importance.ROUTINE, 0);
        } else if (effect instanceof Effect.CheckCode check) {
            parts.desk().check(check);
        } else if (effect instanceof Effect.PanelAnswered answered) {
            parts.desk().answered(answered);
        } else if (effect instanceof Effect.WalkAnswered answered) {
            parts.desk().answered(answered);
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
            carryOutNotice(effect);
        }
    }

    private void carryOutNotice(Effect effect) {
        long nowNanos = parts.time().now().monotonicNanos();
        if (effect instanceof Effect.Notify notify) {
            parts.notifier().add(notify.notice(), nowNanos);
        } else if (effect instanceof Effect.ForgetNotice forget) {
            parts.storage().journal().forgetNotice(forget.id());
        } else if (effect instanceof Effect.KeepNotices keep) {
            parts.storage().journal().keepNoticePlan(keep.document().text());
            parts.notifier().planned(keep.document().plan(), nowNanos);
        }
    }
}
