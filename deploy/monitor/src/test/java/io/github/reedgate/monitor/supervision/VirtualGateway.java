package io.github.reedgate.monitor.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The truth about one gateway of a {@link VirtualWorld}. Times are milliseconds of the world. */
final class VirtualGateway {

    /** A dead connection is noticed by the broker after this time at most. */
    static final long WILL_TAKES = 22_000;

    final String id;
    private final VirtualWorld world;
    private final SplittableRandom random;

    // the process and its panel
    boolean runs = true;
    boolean net = true;
    PanelMood mood = PanelMood.DISARMED;
    long deadline;
    long sirenUntil;
    String incident = "";
    private int incidents;
    private long boot = 1;
    private long seq = 1;
    private long startsAt;
    private long connectsAt;
    private long beatsAt;
    private long netAt;
    private final List<String> unsent = new ArrayList<>();
    private final long clockOffset;

    // what the broker knows
    boolean connected;

    @Nullable
    Long willAt;

    long awaySince;
    boolean saidStop;
    PanelMood publishedMood = PanelMood.NONE;
    long publishedDeadline;
    String publishedIncident = "";
    // true once the broker has lost what it published last, so that the monitor can't know it
    boolean forgotten;

    VirtualGateway(String id, VirtualWorld world, SplittableRandom random) {
        this.id = id;
        this.world = world;
        this.random = random;
        this.clockOffset = random.nextInt(4) == 0 ? random.nextLong(-7_000_000, 7_000_000) : 0;
    }

    /** Lets the present moment happen. */
    void advance() {
        long now = world.now();
        Long will = willAt;
        if (will != null && now >= will && world.brokerUp()) {
            willAt = null;
            world.publish(id, "availability", "offline", true);
        }
        if (!net && now >= netAt) {
            net = true;
            connectsAt = now + random.nextLong(15_000);
        }
        if (!runs) {
            if (now >= startsAt) {
                starts();
            }
            return;
        }
        panel(now);
        if (!connected && net && world.brokerUp() && now >= connectsAt) {
            connect(now);
        }
        if (connected && now >= beatsAt) {
            beat(now);
        }
        act(now);
    }

    private void starts() {
        runs = true;
        boot++;
        if (random.nextInt(4) == 0) {
            seq = 1; // it lost its state folder
        }
        connectsAt = world.now() + random.nextLong(3_000);
        event("started");
    }

    /** Its delays run whether anybody hears of it or not. */
    private void panel(long now) {
        if (mood == PanelMood.PENDING && now >= deadline) {
            mood = PanelMood.TRIGGERED;
            sirenUntil = now + 180_000;
            show();
            event("triggered");
        } else if (mood == PanelMood.TRIGGERED && now >= sirenUntil) {
            mood = PanelMood.ARMED;
            incident = "";
            show();
        }
    }

    private void act(long now) {
        switch (random.nextInt(2_400)) {
            case 0, 1, 2, 3 -> order();
            case 4, 5, 6, 7, 8, 9 -> open(now);
            case 10 -> crash(now, 0);
            case 11 -> crash(now, random.nextLong(WILL_TAKES));
            case 12 -> cut(now, random.nextLong(300_000), random.nextLong(WILL_TAKES));
            case 13, 14 -> stop(now);
            default -> {
                if (mood == PanelMood.PENDING && random.nextInt(60) == 0) {
                    crash(now, random.nextInt(2) * random.nextLong(WILL_TAKES));
                } else if (mood == PanelMood.PENDING && random.nextInt(60) == 0) {
                    order();
                }
            }
        }
    }

    private void order() {
        mood = mood == PanelMood.DISARMED ? PanelMood.ARMED : PanelMood.DISARMED;
        incident = "";
        show();
        event(mood == PanelMood.ARMED ? "armed" : "disarmed");
    }

    private void open(long now) {
        if (mood == PanelMood.ARMED) {
            mood = PanelMood.PENDING;
            deadline = now + 10_000 + random.nextLong(35_000);
            incident = id + "-incident-" + ++incidents;
            event("pending");
            show();
        }
    }

    /** SIGKILL or a power cut. */
    private void crash(long now, long willTakes) {
        runs = false;
        startsAt = now + (random.nextBoolean() ? 2_000 + random.nextLong(20_000) : random.nextLong(1_200_000));
        unsent.clear();
        leaves(now, willTakes);
    }

    /** Its network is gone; the process runs on. */
    void cut(long now, long forMillis, long willTakes) {
        net = false;
        netAt = now + forMillis;
        leaves(now, willTakes);
    }

    private void stop(long now) {
        event("stopping");
        runs = false;
        startsAt = now + (random.nextBoolean() ? 2_000 + random.nextLong(60_000) : random.nextLong(1_200_000));
        if (connected) {
            connected = false;
            awaySince = now;
            saidStop = true;
            world.publish(id, "availability", "offline", true);
        }
    }

    private void leaves(long now, long willTakes) {
        if (connected) {
            connected = false;
            saidStop = false;
            awaySince = now;
            willAt = now + willTakes;
        }
    }

    /** The broker died: it publishes no Last Will. */
    void brokerDied(long now) {
        willAt = null;
        if (connected) {
            connected = false;
            saidStop = false;
            awaySince = now;
            connectsAt = Long.MAX_VALUE;
        }
    }

    void brokerIsBack(long now) {
        connectsAt = now + random.nextLong(20_000);
    }

    private void connect(long now) {
        if (willAt != null) {
            willAt = null; // the broker ends the old connection before it accepts the new one
            world.publish(id, "availability", "offline", true);
        }
        connected = true;
        world.publish(id, "availability", "online", true);
        show();
        beat(now);
        unsent.forEach(each -> world.publish(id, "event", each, false));
        unsent.clear();
    }

    private void beat(long now) {
        beatsAt = now + 60_000;
        world.publish(id, "diagnostics", "{\"time\":\"" + clock(now) + "\"}", true);
    }

    private String clock(long at) {
        return SupervisionRig.BEGIN.plusMillis(at + clockOffset).toString();
    }

    private void show() {
        if (!connected) {
            return;
        }
        forgotten = false;
        publishedMood = mood;
        publishedDeadline = deadline;
        publishedIncident = incident;
        String word = switch (mood) {
            case PENDING -> "pending";
            case TRIGGERED -> "triggered";
            case ARMED -> "armed_away";
            default -> "disarmed";
        };
        world.publish(id, "panel/state", word, true);
        String until = mood == PanelMood.PENDING ? "\"" + clock(deadline) + "\"" : "null";
        world.publish(
                id,
                "panel/detail",
                "{\"since\":\"" + clock(world.now()) + "\",\"open\":[\"door\"],\"incident_id\":"
                        + (incident.isEmpty() ? "null" : "\"" + incident + "\"") + ",\"deadline\":" + until + "}",
                true);
    }

    private void event(String type) {
        String text = SupervisionRig.eventOf(id, type, boot, seq++) + ",\"sensor\":\"door\",\"incident_id\":"
                + (incident.isEmpty() ? "null" : "\"" + incident + "\"") + "}";
        if (connected) {
            world.publish(id, "event", text, false);
        } else {
            unsent.add(text);
        }
    }
}
