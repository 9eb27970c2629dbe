package io.github.reedgate.monitor.supervision;

import io.github.reedgate.monitor.supervision.GatewayWatch.Life;
import io.github.reedgate.monitor.supervision.GatewayWatch.Panel;
import io.github.reedgate.monitor.supervision.GatewayWatch.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Takes in what a message says about a gateway. Stateless. */
final class Hearing {

    /** A gateway that still publishes so long after it said that it stops did not stop. */
    private static final Duration STOP_TAKES = Duration.ofSeconds(15);

    private Hearing() {}

    static void take(SupervisionStep step, SupervisionInput.Heard heard) {
        String id = heard.gateway();
        boolean live = step.link().isLive() && !heard.retained();
        Saying saying = heard.saying();
        if (saying instanceof Saying.Removed) {
            removed(step, id);
        } else if (saying instanceof Saying.Availability availability && !availability.online()) {
            step.change(id, watch -> LinkChanges.doubted(step, offline(step, watch), heard.retained()));
            if (!heard.retained()) {
                CommonFailure.look(step);
            }
        } else {
            if (live && !(saying instanceof Saying.NoPanel)) {
                alive(step, id, saying);
            }
            step.change(id, watch -> said(step, watch, saying, live));
            if (saying instanceof Saying.Availability && !heard.retained()) {
                // it was back, perhaps while the monitor was away: its next silence is another one
                step.change(id, Hearing::heardAgain);
            }
            if (live && saying instanceof Saying.Panel panel && !panel.mood().isWatched()) {
                Alarms.disarmed(step, id);
            }
        }
    }

    /** Somebody emptied the topic. That must not hide a gateway that is armed: then it counts as its Last Will. */
    private static void removed(SupervisionStep step, String id) {
        GatewayWatch watch = step.watches().get(id);
        if (watch == null) {
            return;
        }
        if (watch.panel().mood().isWatched() || watch.alarm() != null) {
            step.change(id, each -> offline(step, each));
        } else {
            step.remove(id);
        }
    }

    private static GatewayWatch offline(SupervisionStep step, GatewayWatch watch) {
        Life life = watch.life();
        if (life.isOffline() && life.offlineNanos() != null) {
            return watch;
        }
        return watch.with(new Life(
                life.everHeard(),
                false,
                step.nanos(),
                life.heardNanos(),
                life.onlineNanos(),
                life.offsetMillis(),
                life.heard()));
    }

    /** A sign of life. */
    private static void alive(SupervisionStep step, String id, Saying saying) {
        CommonFailure.over(step);
        GatewayWatch watch = step.watch(id);
        boolean connects = saying instanceof Saying.Availability || watch.life().isOffline();
        boolean stops = watch.stop().stage() == Stop.Stage.SAID && !runsAgain(step, watch, saying);
        Life life = watch.life();
        // what a gateway publishes while it stops is no sign that it is back
        Boolean online = stops ? life.online() : Boolean.TRUE;
        Life next = new Life(
                true,
                online,
                stops ? life.offlineNanos() : null,
                step.nanos(),
                connects ? Long.valueOf(step.nanos()) : life.onlineNanos(),
                life.offsetMillis(),
                step.now().wall());
        step.change(
                id,
                each -> stops
                        ? each.with(next)
                        : each.with(next).with(each.stop().running()));
        if (!stops) {
            back(step, id, watch);
        }
    }

    private static boolean runsAgain(SupervisionStep step, GatewayWatch watch, Saying saying) {
        if (saying instanceof Saying.Availability) {
            return true;
        }
        if (saying instanceof Saying.Happened happened) {
            return watch.stop().isBefore(happened.boot(), happened.seq());
        }
        Long since = watch.stop().sinceNanos();
        return since == null || step.nanos() - since > STOP_TAKES.toNanos();
    }

    private static void back(SupervisionStep step, String id, GatewayWatch before) {
        if (before.isAway()) {
            Instant heard = before.life().heard();
            long seconds = heard == null
                    ? 0
                    : Math.max(0, Duration.between(heard, step.now().wall()).toSeconds());
            String how = before.condition() == GatewayCondition.STOPPED ? "stopped" : "silent";
            step.report(
                    MonitorEventType.GATEWAY_BACK,
                    id,
                    "Gateway " + id + " is back after it was " + how,
                    Map.of("away_s", seconds));
        }
        step.change(id, watch -> heardAgain(watch.with(GatewayCondition.OK)));
    }

    private static GatewayWatch heardAgain(GatewayWatch watch) {
        SilenceAlarm alarm = watch.alarm();
        if (alarm == null) {
            return watch;
        }
        return alarm.acknowledged() ? watch.withoutAlarm() : watch.with(alarm.heardAgain());
    }

    private static GatewayWatch said(SupervisionStep step, GatewayWatch watch, Saying saying, boolean live) {
        Panel panel = watch.panel();
        if (saying instanceof Saying.Availability) {
            Life life = watch.life();
            return watch.with(new Life(
                            life.everHeard(),
                            true,
                            null,
                            life.heardNanos(),
                            life.onlineNanos(),
                            life.offsetMillis(),
                            life.heard()))
                    .with(watch.stop().running());
        } else if (saying instanceof Saying.Heartbeat heartbeat) {
            return live ? beats(step, watch, heartbeat.time()) : watch;
        } else if (saying instanceof Saying.Panel state) {
            return watch.with(panel.with(state.mood()));
        } else if (saying instanceof Saying.NoPanel) {
            return panel.mood().isWatched() ? watch : watch.with(panel.with(PanelMood.NONE));
        } else if (saying instanceof Saying.PanelDetail detail) {
            return watch.with(detail(step, watch, detail));
        } else if (saying instanceof Saying.Happened happened) {
            return happened(step, watch, happened);
        }
        return watch;
    }

    private static Life clock(SupervisionStep step, Life life, Instant gateway) {
        long offset = Duration.between(gateway, step.now().wall()).toMillis();
        return new Life(
                life.everHeard(),
                life.online(),
                life.offlineNanos(),
                life.heardNanos(),
                life.onlineNanos(),
                offset,
                life.heard());
    }

    /** The deadline is one of the gateway's clock, which may be wrong: its heartbeats showed by how much. */
    private static Panel detail(SupervisionStep step, GatewayWatch watch, Saying.PanelDetail detail) {
        Instant deadline = detail.deadline();
        Panel panel = watch.panel();
        return new Panel(
                panel.mood(),
                detail.incident(),
                panel.sensor(),
                panel.sensorOf(),
                List.copyOf(detail.open()),
                deadline,
                deadline == null ? null : Long.valueOf(nanos(step, watch.life(), deadline, detail.delay())));
    }

    private static long nanos(SupervisionStep step, Life life, Instant deadline, Duration delay) {
        Long offset = life.offsetMillis();
        Duration left = offset == null ? delay : Duration.between(step.now().wall(), deadline.plusMillis(offset));
        Duration bounded = left.compareTo(delay) > 0 ? delay : left;
        return step.nanos() + (bounded.isNegative() ? Duration.ZERO : bounded).toNanos();
    }

    /** A heartbeat tells the gateway's clock, and with it when the delay that runs is over. */
    private static GatewayWatch beats(SupervisionStep step, GatewayWatch watch, Instant time) {
        Life life = clock(step, watch.life(), time);
        Panel panel = watch.panel();
        Instant deadline = panel.deadline();
        if (deadline == null || life.clockIsLike(watch.life())) {
            return watch.with(life);
        }
        long until = nanos(step, life, deadline, Duration.ofDays(1));
        return watch.with(life)
                .with(new Panel(
                        panel.mood(),
                        panel.incident(),
                        panel.sensor(),
                        panel.sensorOf(),
                        panel.open(),
                        deadline,
                        until));
    }

    private static GatewayWatch happened(SupervisionStep step, GatewayWatch watch, Saying.Happened event) {
        Stop stop = watch.stop();
        if (!stop.isBefore(event.boot(), event.seq())) {
            return watch; // sent again, or late
        }
        boolean stops = event.type().equals("stopping");
        Stop next = stops
                ? new Stop(
                        event.boot(),
                        event.seq(),
                        Stop.Stage.SAID,
                        step.nanos(),
                        step.now().wall(),
                        false)
                : new Stop(event.boot(), event.seq(), Stop.Stage.RUNNING, null, null, false);
        boolean begins = event.type().equals("pending") || event.type().equals("triggered");
        String incident = event.incident();
        return begins && incident != null && !incident.equals(watch.panel().sensorOf())
                ? watch.with(next).with(watch.panel().begunBy(event.sensor(), incident))
                : watch.with(next);
    }
}
