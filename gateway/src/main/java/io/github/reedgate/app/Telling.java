package io.github.reedgate.app;

import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.core.GatewayState;
import io.github.reedgate.core.Input;
import io.github.reedgate.notice.NoticeNews;
import io.github.reedgate.notice.NoticePlan;
import io.github.reedgate.notify.Answer;
import io.github.reedgate.notify.Delay;
import io.github.reedgate.notify.Notifier;
import io.github.reedgate.time.Timestamp;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Between the loop and the notification targets: whether a notification was delivered is an event. Owned by the loop thread. */
final class Telling {

    /** No request has this number. */
    private static final long NOBODY = -1;

    private final Notifier notifier;
    private final long boot;
    private final Supplier<GatewayState> state;
    private final Consumer<Input> step;

    /**
     * The way between.
     *
     * @param notifier sends
     * @param boot number of this start
     * @param state gives the core's present state
     * @param step lets the core step
     */
    Telling(Notifier notifier, long boot, Supplier<GatewayState> state, Consumer<Input> step) {
        this.notifier = notifier;
        this.boot = boot;
        this.state = state;
        this.step = step;
    }

    /** Goes on with what an earlier start had begun. */
    void begin(long nowNanos) {
        notifier.planned(state.get().notices().plan(), nowNanos);
    }

    /** Takes an answer of a server in. */
    void take(Answer answer, long nowNanos) {
        tell(notifier.take(answer, nowNanos));
    }

    /** Sends what is due. */
    void advance(Timestamp now) {
        GatewayState present = state.get();
        Delay.Clocks clocks = new Delay.Clocks(
                boot,
                (now.monotonicNanos() - present.startNanos()) / 1_000_000,
                now.wall(),
                present.clock().synced());
        tell(notifier.advance(clocks, now.monotonicNanos()));
    }

    private void tell(List<NoticeNews> news) {
        for (NoticeNews one : news) {
            if (one instanceof NoticeNews.Pressed pressed) {
                command(pressed);
            } else {
                step.accept(new Input.Notified(one));
            }
        }
    }

    /** Somebody pressed a button; if it is not too late, the panel is told. */
    private void command(NoticeNews.Pressed pressed) {
        NoticePlan plan = state.get().notices().plan();
        if (plan != null && plan.incident().equals(pressed.incident())) {
            PanelCommand command = switch (pressed.button()) {
                case ACKNOWLEDGE -> new PanelCommand.Acknowledge(pressed.target());
                case DISARM -> new PanelCommand.Disarm(pressed.target());
            };
            step.accept(new Input.PanelCommanded(command, NOBODY));
        }
    }
}
