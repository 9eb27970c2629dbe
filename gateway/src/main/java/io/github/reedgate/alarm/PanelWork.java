package io.github.reedgate.alarm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One row of the table being carried out: what deeds do to the state, and what they want told. Never kept. */
final class PanelWork {

    private final PanelSettings settings;
    private final PanelLook look;
    private final Moment now;
    private final List<PanelEffect> effects = new ArrayList<>();
    private PanelState state;

    PanelWork(PanelLook look, Moment now) {
        this.settings = look.settings();
        this.look = look;
        this.state = look.state();
        this.now = now;
    }

    PanelState state() {
        return state;
    }

    List<PanelEffect> effects() {
        return effects;
    }

    /** Does what a row says. */
    void act(Deed deed) {
        switch (deed) {
            case ACCEPT -> accept();
            case REFUSE -> refuse();
            case BEGIN_EXIT -> beginExit();
            case ARM -> arm();
            case GIVE_UP -> giveUp();
            case RETURN -> goBack();
            case CALL_OFF -> callOff();
            case DISARM -> disarm();
            case ACKNOWLEDGE -> acknowledge();
            case NO_INCIDENT -> noIncident();
            case BEGIN_ENTRY -> beginEntry();
            case RAISE -> raise();
            case JOIN -> join();
            case REARM -> rearm();
            case STAND_DOWN -> standDown();
            case REPEAT -> repeat();
            case NOTE -> note();
            case LEAVE_OUT -> leaveOut();
        }
    }

    private void accept() {
        answer(new PanelAnswer.Accepted());
    }

    private void refuse() {
        PanelAnswer.Refused refusal = look.refusal().orElseThrow();
        boolean isIncident = look.phase() == Phase.PENDING || look.phase() == Phase.TRIGGERED;
        effects.add(new PanelEffect.ArmRefused(
                look.asked().mode(),
                refusal,
                isIncident ? null : watchedMode(),
                look.command().by()));
        answer(refusal);
    }

    private void beginExit() {
        AlarmMode mode = look.asked().mode();
        Duration delay = look.delays(mode).exit();
        List<String> out =
                Readiness.of(settings, state, mode, look.asked().bypass()).leftOut(true);
        Watching former = state.watching();
        change(AlarmState.ARMING, mode, delay, out);
        state = state.withFormer(former);
        effects.add(new PanelEffect.Arming(
                mode, delay, out, watchedMode(), look.command().by()));
        accept();
    }

    private void arm() {
        boolean isAsked = look.trigger().cause() == Cause.ARM;
        AlarmMode mode = isAsked ? look.asked().mode() : look.armedMode();
        Set<String> bypass = isAsked ? look.asked().bypass() : look.bypassed();
        List<String> out = Readiness.of(settings, state, mode, bypass).leftOut(false);
        change(mode.armed(), mode, null, out);
        effects.add(new PanelEffect.Armed(mode, out, isAsked ? look.command().by() : null));
        if (isAsked) {
            accept();
        }
    }

    private void giveUp() {
        PanelAnswer.Refused why = notReady();
        change(AlarmState.DISARMED, null, null, List.of());
        effects.add(new PanelEffect.ArmRefused(look.armedMode(), why, null, null));
    }

    private void goBack() {
        PanelAnswer.Refused why = notReady();
        armAsBefore();
        effects.add(new PanelEffect.ArmRefused(look.armedMode(), why, state.mode(), null));
    }

    private void callOff() {
        armAsBefore();
        effects.add(new PanelEffect.Armed(
                look.asked().mode(), state.bypassed(), look.command().by()));
        accept();
    }

    private void armAsBefore() {
        Watching former = look.watching();
        change(former.mode().armed(), former.mode(), null, former.bypassed());
    }

    private PanelAnswer.Refused notReady() {
        List<String> inTheWay = Readiness.of(settings, state, look.armedMode(), look.bypassed())
                .inTheWay(look.trigger().cause() == Cause.OPENED);
        return new PanelAnswer.Refused(PanelAnswer.Reason.NOT_READY, inTheWay);
    }

    /** A change of the mode can't be completed, as an incident of the mode before is under way. */
    private void giveChangeUp() {
        if (look.state().former() != null) {
            PanelAnswer.Refused why = new PanelAnswer.Refused(PanelAnswer.Reason.INCIDENT, List.of());
            effects.add(new PanelEffect.ArmRefused(look.armedMode(), why, watchedMode(), null));
        }
    }

    private @Nullable AlarmMode watchedMode() {
        Watching watching = state.watching();
        return watching == null ? null : watching.mode();
    }

    private void disarm() {
        String id = look.incident().map(Incident::id).orElse(null);
        change(AlarmState.DISARMED, null, null, List.of());
        remember(null);
        effects.add(new PanelEffect.Disarmed(look.command().by(), id));
        accept();
    }

    private void acknowledge() {
        Incident incident = look.incident().orElseThrow();
        boolean lasts = look.phase() == Phase.TRIGGERED;
        remember(lasts ? incident.acknowledgedNow() : null);
        effects.add(new PanelEffect.Acknowledged(incident.id(), look.command().by()));
        accept();
    }

    private void noIncident() {
        answer(new PanelAnswer.Refused(PanelAnswer.Reason.NO_INCIDENT, List.of()));
    }

    private void beginEntry() {
        Watching watching = look.watching();
        Duration delay = look.delays(watching.mode()).entry();
        change(AlarmState.PENDING, watching.mode(), delay, watching.bypassed());
        remember(new Incident(now.freshId(), List.of(look.sensor().id()), false, false, null));
        effects.add(new PanelEffect.Pending(now.freshId(), look.sensor().id(), delay));
        giveChangeUp();
    }

    private void raise() {
        boolean runs = look.phase() == Phase.PENDING;
        Incident incident =
                look.incident().filter(any -> runs).orElse(new Incident(now.freshId(), List.of(), false, false, null));
        boolean delayOver = look.trigger().cause() == Cause.DELAY_OVER;
        incident = delayOver ? incident : incident.with(look.sensor().id());
        Watching watching = state.watching();
        change(
                AlarmState.TRIGGERED,
                watching == null ? state.mode() : watching.mode(),
                settings.sirenTime(),
                watching == null ? state.bypassed() : watching.bypassed());
        remember(incident.raisedNow(nextRepeat()));
        String cause = delayOver ? incident.sensors().get(0) : look.sensor().id();
        effects.add(new PanelEffect.Triggered(incident.id(), cause, delayOver));
        giveChangeUp();
    }

    private void join() {
        Incident incident = look.incident().orElseThrow().with(look.sensor().id());
        remember(incident);
        effects.add(new PanelEffect.Joined(incident.id(), look.sensor().id(), incident.raised()));
    }

    private void rearm() {
        AlarmMode mode = look.armedMode();
        change(mode.armed(), mode, null, state.bypassed());
        remember(look.incident().filter(Incident::isOpen).orElse(null));
        effects.add(new PanelEffect.Armed(mode, state.bypassed(), null));
    }

    private void standDown() {
        String id = look.incident().map(Incident::id).orElse(null);
        change(AlarmState.DISARMED, null, null, List.of());
        remember(look.incident().filter(Incident::isOpen).orElse(null));
        effects.add(new PanelEffect.Disarmed(null, id));
    }

    private void repeat() {
        Incident incident = look.incident().orElseThrow();
        remember(incident.repeatingAt(nextRepeat()));
        effects.add(new PanelEffect.Repeated(incident.id(), incident.sensors()));
    }

    private void note() {
        effects.add(new PanelEffect.FoundOpen(look.sensor().id(), false));
    }

    private void leaveOut() {
        state = state.withBypassed(look.sensor().id());
        effects.add(new PanelEffect.FoundOpen(look.sensor().id(), true));
    }

    private void change(AlarmState next, @Nullable AlarmMode mode, @Nullable Duration delay, List<String> bypassed) {
        state = new PanelState(
                next,
                mode,
                next == state.state() ? state.since() : now.wall(),
                delay == null ? null : Long.valueOf(now.nanos() + delay.toNanos()),
                bypassed,
                null,
                state.incident(),
                state.open(),
                state.unknown());
    }

    private void remember(@Nullable Incident incident) {
        state = state.withIncident(incident);
    }

    private @Nullable Long nextRepeat() {
        return settings.repeat().isZero()
                ? null
                : Long.valueOf(now.nanos() + settings.repeat().toNanos());
    }

    private void answer(PanelAnswer answer) {
        effects.add(new PanelEffect.Answered(answer));
    }
}
