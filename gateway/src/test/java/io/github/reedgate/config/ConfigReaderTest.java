package io.github.reedgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reedgate.command.Policy;
import io.github.reedgate.contact.Debounce;
import io.github.reedgate.contact.LeftOpen;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.Sensor.AlarmPolicy;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.contact.TroublePolicy;
import io.github.reedgate.contact.Wiring;
import io.github.reedgate.discovery.DiscoverySettings;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.Pull;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.BrokerSettings.Timing;
import io.github.reedgate.notice.NoticeGroup;
import io.github.reedgate.notice.NoticeTarget;
import io.github.reedgate.notify.NotifyTarget;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What good files become. */
final class ConfigReaderTest {

    private static final String SMALLEST = """
        gateway: {id: home}
        broker: {url: 'mqtts://broker.example.org'}
        sensors: {front_door: {line: 17}}
        """;

    private static Config read(String text) throws ConfigException {
        return new ConfigReader().read(text, "/etc/reedgate/reedgate.yaml");
    }

    private static Sensor sensor(String settings) throws ConfigException {
        return read(SMALLEST.replace("line: 17", settings)).sensors().get(0);
    }

    @Test
    void smallestFileHasTheDocumentedDefaults() throws ConfigException {
        Config expected = new Config(
                "home",
                "home",
                "reedgate",
                "reedgate-monitor",
                Path.of("/var/lib/reedgate"),
                new BrokerSettings(
                        URI.create("mqtts://broker.example.org"),
                        "reedgate-home",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Timing.DEFAULT),
                new ViewerAccount(
                        Optional.empty(), Optional.empty(), Path.of("/etc/reedgate/credentials/viewer.password")),
                new Config.Gpio(Config.Provider.GPIOD, Duration.ofMillis(100), 4096),
                Config.Store.DEFAULT,
                Config.Limits.DEFAULT,
                Config.Diagnostics.DEFAULT,
                DiscoverySettings.OFF,
                List.of(new Sensor(
                        "front_door",
                        "Front door",
                        SensorType.DOOR,
                        new LineSettings(17, Pull.UP),
                        new Wiring(true, Level.HIGH),
                        Debounce.DEFAULT,
                        AlarmPolicy.ALWAYS,
                        null,
                        null,
                        TroublePolicy.DEFAULT)),
                null,
                Policy.STRICT,
                List.of(),
                List.of(),
                List.of());
        assertThat(read(SMALLEST)).isEqualTo(expected);
    }

    @Test
    void exampleThatShipsLoadsAndHoldsTheDefaults() throws ConfigException {
        Config example = read(ExampleFile.text());
        Config smallest = read(SMALLEST.replace("{id: home}", "{id: home, name: Home}")
                .replace(
                        "'mqtts://broker.example.org'",
                        "'mqtts://broker.example.org:8883', user: home,"
                                + " password_file: /etc/reedgate/credentials/mqtt.password"));
        assertThat(example).isEqualTo(smallest);
    }

    /** Takes the # from each line that sets a key, so that what stands behind them is tried as well. */
    @Test
    void exampleLoadsWithEverythingInItSwitchedOn() throws ConfigException {
        String all = ExampleFile.text()
                .replaceAll("(?m)^( *)# ((?:  )*[a-z_]+:)(?= |$)", "$1$2")
                .replace(" pull: up ", " pull: none ");
        for (Key<?> key : Keys.ALL) {
            assertThat(all).containsPattern("(?m)^ *" + key.name() + ":");
        }
        Config config = read(all);
        assertThat(config.broker().keyFile()).contains(Path.of("/etc/reedgate/credentials/client.key"));
        assertThat(config.broker().timing()).isEqualTo(Timing.DEFAULT);
        assertThat(config.store()).isEqualTo(Config.Store.DEFAULT);
        assertThat(config.limits()).isEqualTo(Config.Limits.DEFAULT);
        assertThat(config.diagnostics())
                .isEqualTo(new Config.Diagnostics(
                        Duration.ofSeconds(60), Optional.of(URI.create("https://watch.example.org/4711"))));
        assertThat(config.discovery()).isEqualTo(DiscoverySettings.OFF);
        assertThat(config.sensors()).extracting(Sensor::debounce).containsExactly(Debounce.DEFAULT);
        assertThat(config.targets()).extracting(NotifyTarget::id).containsExactly("phone", "neighbour");
        assertThat(config.targets().get(0).rules())
                .isEqualTo(new NoticeTarget(
                        "phone", Set.of(NoticeGroup.ALARMS, NoticeGroup.FAULTS), Duration.ofMinutes(2), Duration.ZERO));
    }

    @Test
    void everyKeyIsRead() throws ConfigException {
        Config config = read("""
            gateway: {id: gate-2, name: 'Grüße vom Tor'}
            topic_prefix: home/alarm/Reed_1
            state_dir: state
            broker:
              url: WSS://Broker.example.org:443/mqtt
              client_id: me
              user: somebody
              password_file: ../secret
              ca_file: ca.pem
              certificate_file: c.pem
              key_file: k.pem
              insecure: false
              keep_alive: 20m
              connect_timeout: 60s
              retry: {first: 100ms, max: 5m, refused: 1h}
              viewer: {user: looker, password_file: looker.password}
            gpio: {provider: simulator, reconcile: 10ms, queue: 64}
            store: {max_events: 500, max_age: 10y, max_bytes: 4GiB}
            limits: {edges_per_minute: 60, changes_per_minute: 4, chatter_report: 10m}
            diagnostics: {interval: 10s}
            ping: {url: "https://watch.example.org/a?b=c"}
            sensors:
              box:
                {name: Box, type: tamper, line: 53, contact: normally_closed, pull: none, external_pull: down,
                 debounce: {open: 1ms, close: 2ms, max_wait: 3ms}, alarm: never}
              b: {line: 0, left_open: {after: 24h, repeat: 1m, alarm: false}, loop: {line: 1, kind: changeover}}
            """);
        assertThat(config.gatewayName()).isEqualTo("Grüße vom Tor");
        assertThat(config.topicPrefix()).isEqualTo("home/alarm/Reed_1");
        assertThat(config.stateDir()).isEqualTo(Path.of("/etc/reedgate/state"));
        BrokerSettings broker = config.broker();
        assertThat(broker.url()).hasToString("wss://Broker.example.org:443/mqtt");
        assertThat(broker.usesTls()).isTrue();
        assertThat(broker.clientId()).isEqualTo("me");
        assertThat(broker.user()).contains("somebody");
        assertThat(broker.passwordFile()).contains(Path.of("/etc/reedgate/../secret"));
        assertThat(broker.caFile()).contains(Path.of("/etc/reedgate/ca.pem"));
        assertThat(config.viewer().login(ViewerAccount.Tool.PUBLISH, Optional.empty()))
                .contains(new ViewerAccount.Login("looker", Path.of("/etc/reedgate/looker.password")));
        assertThat(broker.timing())
                .isEqualTo(new Timing(
                        Duration.ofMinutes(20),
                        Duration.ofSeconds(60),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1)));
        assertThat(config.gpio()).isEqualTo(new Config.Gpio(Config.Provider.SIMULATOR, Duration.ofMillis(10), 64));
        assertThat(config.store()).isEqualTo(new Config.Store(500, Duration.ofDays(3650), 4L << 30));
        assertThat(config.limits()).isEqualTo(new Config.Limits(60, 4, Duration.ofMinutes(10)));
        assertThat(config.diagnostics())
                .isEqualTo(new Config.Diagnostics(
                        Duration.ofSeconds(10), Optional.of(URI.create("https://watch.example.org/a?b=c"))));
        assertThat(config.sensors()).extracting(Sensor::id).containsExactly("box", "b");
        assertThat(config.sensors().get(1).loop())
                .isEqualTo(new TamperLoop(TamperLoop.Kind.CHANGEOVER, new LineSettings(1, Pull.UP), Level.HIGH));
        assertThat(config.sensors().get(0))
                .isEqualTo(new Sensor(
                        "box",
                        "Box",
                        SensorType.TAMPER,
                        new LineSettings(53, Pull.NONE),
                        new Wiring(false, Level.LOW),
                        new Debounce(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3)),
                        AlarmPolicy.NEVER,
                        null,
                        null,
                        TroublePolicy.DEFAULT));
        assertThat(config.sensors().get(1).leftOpen())
                .isEqualTo(new LeftOpen(Duration.ofHours(24), Duration.ofMinutes(1), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "line: 17, contact: normally_open, pull: up                          | LOW",
                "line: 17, contact: normally_closed, pull: up                        | HIGH",
                "line: 17, contact: normally_open, pull: down                        | HIGH",
                "line: 17, contact: normally_closed, pull: down                      | LOW",
                "line: 17, contact: normally_open, pull: none, external_pull: up     | LOW",
                "line: 17, contact: normally_open, pull: none, external_pull: down   | HIGH",
            })
    void closedDoorHasTheLevelThatTheWiringGives(String settings, Level closed) throws ConfigException {
        assertThat(sensor(settings).wiring().level(Position.CLOSED)).isEqualTo(closed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mqtt://localhost",
                "ws://LocalHost:1/x",
                "mqtt://127.0.0.1:1883",
                "mqtt://127.9.8.7",
                "mqtt://[::1]:1883",
                "mqtt://[0:0:0:0:0:0:0:1]"
            })
    void clearTextToThisMachineNeedsNoPermission(String url) throws ConfigException {
        assertThat(read(SMALLEST.replace("mqtts://broker.example.org", url))
                        .broker()
                        .usesTls())
                .isFalse();
    }

    @Test
    void clearTextToAnotherMachineIsReadWhenAllowed() throws ConfigException {
        String text = SMALLEST.replace("'mqtts://broker.example.org'", "'mqtt://10.0.0.2', insecure: true");
        assertThat(read(text).broker().url()).hasToString("mqtt://10.0.0.2");
    }

    @Test
    void aliasesSpareRepetition() throws ConfigException {
        Config config = read("""
            gateway: {id: home}
            broker: {url: 'mqtts://h'}
            sensors:
              a: {line: 1, debounce: &slow {open: 50ms}}
              b: {line: 2, debounce: *slow}
            """);
        assertThat(config.sensors()).allMatch(s -> s.debounce().open().equals(Duration.ofMillis(50)));
    }

    @Test
    void thirtyTwoSensorsAreAllowed() throws ConfigException {
        StringBuilder text = new StringBuilder(SMALLEST.replaceAll("sensors: .*\\n", "sensors:\n"));
        for (int i = 0; i < 32; i++) {
            text.append("  s").append(i).append(": {line: ").append(i).append("}\n");
        }
        assertThat(read(text.toString()).sensors()).hasSize(32);
    }

    @Test
    void providerCanBeReplacedAfterReading() throws ConfigException {
        Config simulated = read(SMALLEST).withProvider(Config.Provider.SIMULATOR);
        assertThat(simulated.gpio().provider()).isEqualTo(Config.Provider.SIMULATOR);
        assertThat(simulated.withProvider(Config.Provider.GPIOD)).isEqualTo(read(SMALLEST));
    }

    @Test
    void relativePathsStartFromTheFilesFolder(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("r.yaml"), "state_dir: s\n" + SMALLEST);
        assertThat(new ConfigReader().read(file).stateDir()).isEqualTo(folder.resolve("s"));
    }

    @Test
    void characterOutsideTheFirstPlaneIsReadWhereverItStands() throws Exception {
        String text = ExampleFile.text();
        for (int before = 1_000; before < 5_200; before++) {
            String moved = "#" + "x".repeat(before - 1) + "\uD83D\uDEAA\n" + text;
            if (before % 1_025 > 1_020 || before % 1_024 < 4) {
                assertThat(new ConfigReader().read(moved, "r.yaml"))
                        .as("at %s", before)
                        .isNotNull();
            }
        }
    }

    @Test
    void whatTheParserDoesNotDeclareIsAWrongFileToo() {
        for (String wrong :
                List.of("!%20 x", "gateway: !%20 x", "!<%> x", "? !%E0%80 x", "- !%", "%TAG ! %20:\n--- !x y")) {
            assertThatExceptionOfType(ConfigException.class)
                    .as(wrong)
                    .isThrownBy(() -> new ConfigReader().read(wrong, "r.yaml"));
        }
    }

    @Test
    void pathIsSentAsItIsWrittenOrRefused() {
        for (String path : List.of(
                "",
                "/",
                "/mqtt",
                "/a/b",
                "/a//b",
                "/a/",
                "/a%20b",
                "/a%7bb",
                "/~x-y_z.1",
                "/a;b=c:d",
                "/%25",
                "/%252F")) {
            assertThat(BrokerUrl.parse("wss://broker.example.org" + path))
                    .hasToString("wss://broker.example.org" + path);
        }
        for (String path : List.of("//x", "//", "/%2F", "/a%2Fb", "/%2fmqtt", "/%41", "/%C3%BC", "/%FF", "///mqtt")) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .as(path)
                    .isThrownBy(() -> BrokerUrl.parse("ws://broker.example.org" + path))
                    .withMessageContaining("has a path that can't be sent as it is written");
        }
    }
}
