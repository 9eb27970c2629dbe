package io.github.reedgate.config;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelSensor.Bypass;
import io.github.reedgate.alarm.PanelSettings.After;
import io.github.reedgate.alarm.PanelSettings.AtBoot;
import io.github.reedgate.alarm.PanelSettings.Downtime;
import io.github.reedgate.alarm.Reaction;
import io.github.reedgate.command.Accepted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of the alarm panel: a part of the table of {@link Keys}. */
final class PanelKeys {

    private static final DurationType DELAY = DurationType.of("0s", "10m");
    private static final String EXIT = "From the command until it is armed; 0s for at once.";
    private static final String ENTRY = "From the first delayed sensor until the alarm; 0s for at once.";

    static final Key<Duration> HOME_EXIT = Key.withDefault("alarm.home.exit_delay", DELAY, "0s", EXIT);
    static final Key<Duration> HOME_ENTRY = Key.withDefault("alarm.home.entry_delay", DELAY, "30s", ENTRY);
    static final Key<Duration> AWAY_EXIT = Key.withDefault("alarm.away.exit_delay", DELAY, "30s", EXIT);
    static final Key<Duration> AWAY_ENTRY = Key.withDefault("alarm.away.entry_delay", DELAY, "30s", ENTRY);
    static final Key<Duration> NIGHT_EXIT = Key.withDefault("alarm.night.exit_delay", DELAY, "0s", EXIT);
    static final Key<Duration> NIGHT_ENTRY = Key.withDefault("alarm.night.entry_delay", DELAY, "30s", ENTRY);
    static final Key<Duration> SIREN_TIME =
            Key.withDefault("alarm.siren_time", DurationType.of("1s", "1h"), "3m", "How long an alarm lasts.");
    static final Key<After> AFTER = Key.withDefault(
            "alarm.after", WordType.of(After.values()), "rearm", "What follows an alarm that nobody disarmed.");
    static final Key<Duration> REPEAT = Key.withDefault(
            "alarm.repeat",
            DurationType.of("0s", "24h"),
            "5m",
            "How often an alarm is told until it is acknowledged; 0s for once.");
    static final Key<Downtime> DOWNTIME = Key.withDefault(
            "alarm.downtime",
            WordType.of(Downtime.values()),
            "counts",
            "Whether delays run on while the gateway is down.");
    static final Key<AtBoot> AT_BOOT = Key.withDefault(
            "alarm.at_boot",
            WordType.of(AtBoot.values()),
            "notify",
            "What a watched sensor does that is found open at the start and was closed before.");

    static final Key<Accepted> COMMANDS = Key.withDefault(
            "alarm.commands",
            WordType.of(Accepted.values()),
            "both",
            "What commands by MQTT may have for proof: a code, a signature, or either.");
    static final Key<Boolean> CODE_ARM_REQUIRED = Key.withDefault(
            "alarm.code_arm_required",
            WordType.trueOrFalse("true", "false").guessing(Map.of("yes", "true", "no", "false")),
            "true",
            "Whether arming by MQTT needs a code or signature, too; all else always does.");

    static final Key<Set<AlarmMode>> MODES = Key.withDefault(
            "sensors.<id>.modes",
            new ModesType(),
            "home, away, night",
            "The modes of the alarm panel in which it counts.");
    static final Key<Reaction> REACTION = Key.optional(
            "sensors.<id>.reaction",
            WordType.of(Reaction.values()),
            "delayed for doors, always for tamper, else instant",
            "What its opening does to the alarm panel.");
    static final Key<Bypass> BYPASS = Key.withDefault(
            "sensors.<id>.bypass",
            WordType.of(Bypass.values()),
            "asked",
            "Whether the alarm panel may leave it out: only if asked, or by itself if it is open.");
    static final Key<Boolean> ARM_ON_CLOSE = Key.withDefault(
            "sensors.<id>.arm_on_close",
            WordType.trueOrFalse("true", "false").guessing(Map.of("yes", "true", "no", "false")),
            "false",
            "Whether its closing ends the exit delay.");

    /** Those of the section, in the order of the documentation. */
    static final List<Key<?>> OF_SECTION = List.of(
            HOME_EXIT,
            HOME_ENTRY,
            AWAY_EXIT,
            AWAY_ENTRY,
            NIGHT_EXIT,
            NIGHT_ENTRY,
            SIREN_TIME,
            AFTER,
            REPEAT,
            DOWNTIME,
            AT_BOOT,
            COMMANDS,
            CODE_ARM_REQUIRED);

    /** Those of a sensor. */
    static final List<Key<?>> OF_SENSORS = List.of(MODES, REACTION, BYPASS, ARM_ON_CLOSE);

    private PanelKeys() {}
}
