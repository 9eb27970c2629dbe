package io.github.reedgate.wizard.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.setup.SensorPlan;
import io.github.reedgate.setup.SetupException;
import io.github.reedgate.setup.SetupFiles;
import io.github.reedgate.wizard.BrokerChoice;
import io.github.reedgate.wizard.Draft;
import io.github.reedgate.wizard.Outcome;
import io.github.reedgate.wizard.Phone;
import io.github.reedgate.wizard.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The last step, cut off at any moment: the configuration is the former one or the new one, and the next run says which. */
@Timeout(60)
final class LastStepTest {

    private static final SensorPlan DOOR = new SensorPlan("front_door", 17, Map.of("name", "Front door"));
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-30T23:00:00Z"), ZoneOffset.UTC);
    private static final String PRESENT = """
            gateway: {id: home}
            broker:
              url: mqtts://a.example.org   # there
              user: home
              password_file: credentials/mqtt.password
              client_id: pi   # the name there
              keep_alive: 30s
              certificate_file: credentials/client.pem
              key_file: credentials/client.key
              viewer:
                user: tablet # in the hall
                password_file: credentials/tablet.password
            sensors:
              shed:
                line: 4
            """;

    @TempDir
    private Path root = Path.of("");

    private Path file = Path.of("");
    private Path credentials = Path.of("");
    private final List<String> ran = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private boolean hangs;
    private boolean refuses;
    private int cutAt = -1;

    /** What ends a process without a word: nothing is put back. */
    private static final class Cut extends Error {

        private static final long serialVersionUID = 1L;
    }

    private final GatewayService service = new GatewayService() {

        @Override
        public Optional<String> start() throws InterruptedException {
            done.add("start");
            started.countDown();
            if (hangs) {
                new CountDownLatch(1).await();
            }
            return refuses ? Optional.of("the service does not come up") : Optional.empty();
        }

        @Override
        public void undo() {
            done.add("undo");
        }

        @Override
        public void finish() {
            done.add("finish");
        }

        @Override
        public String hint() {
            return "It runs.";
        }
    };

    @BeforeEach
    void furnish() throws IOException {
        credentials = Files.createDirectories(root.resolve("etc/reedgate/credentials"));
        file = root.resolve("etc/reedgate/reedgate.yaml");
    }

    private void present() throws IOException {
        Files.writeString(file, PRESENT);
        Files.writeString(credentials.resolve("mqtt.password"), "former\n");
    }

    private Installation installation() {
        long[] nanos = {0};
        Alarm alarm = new Alarm(
                (folder, request) -> request.equals("status")
                        ? "ok {\"reedgate/home/shed/state\":\"open\",\"reedgate/home/front_door/state\":\"open\"}"
                        : "ok 12",
                () -> nanos[0] += 300_000_000,
                () -> nanos[0]);
        SetupFiles files = new SetupFiles(file, "no such group", CLOCK);
        Installation.Put put = (target, content, isSecret) -> {
            if (cutAt-- == 0) {
                throw new Cut();
            }
            files.put(target, content, isSecret);
            if (cutAt-- == 0) {
                throw new Cut();
            }
        };
        BrokerHere broker = new BrokerHere(
                root,
                (command, limit) -> {
                    ran.add(String.join(" ", command));
                    return broker(command);
                },
                true,
                port -> false);
        return new Installation(
                file,
                files,
                new Installation.Parts(broker, service, alarm, put),
                new Installation.Manner(false, false, true));
    }

    private Commands.Ran broker(List<String> command) {
        try {
            Path home = Files.createDirectories(root.resolve("etc/mosquitto/reedgate/credentials"));
            Files.writeString(home.resolveSibling("settings"), "port=8883\n");
            for (int i = 2; i + 1 < command.size(); i += 2) {
                Files.writeString(home.resolve(command.get(i + 1) + ".password"), "made\n");
            }
        } catch (IOException e) {
            return new Commands.Ran(1, "", e.toString());
        }
        return new Commands.Ran(0, "", "");
    }

    private static Draft draft(Optional<BrokerChoice> broker, List<SensorPlan> doors, Phone... phones) {
        return new Draft(Optional.empty(), Optional.empty(), broker, true, doors, true, List.of(phones), true);
    }

    private static Optional<BrokerChoice> elsewhere(String url) {
        return Optional.of(new BrokerChoice(false, url, "bob", "new", Optional.empty(), false));
    }

    private static String told(Outcome outcome) {
        return ((Outcome.Well) outcome)
                .said().stream().map(said -> ((Said.Text) said).text()).collect(Collectors.joining("\n"));
    }

    private Optional<String> lastRun() throws SetupException {
        return LastRun.tell(file, CLOCK);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve("etc/reedgate"))) {
            return all.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whereverTheProcessIsKilledTheConfigurationIsWholeAndTheNextRunTellsWhich() throws Exception {
        int former = 0;
        int next = 0;
        for (int at = 0; at < 6; at++) {
            furnish();
            present();
            cutAt = at;
            boolean isCut = false;
            try {
                installation().carryOut(draft(elsewhere("mqtts://b.example.org"), List.of()), false);
            } catch (Cut cut) {
                isCut = true;
            }
            Config config = new ConfigReader().read(file);
            String password = Files.readString(config.broker().passwordFile().orElseThrow());
            boolean isNew = config.broker().url().getHost().equals("b.example.org");
            assertThat(password).as("cut at " + at).isEqualTo(isNew ? "new\n" : "former\n");
            Optional<String> told = lastRun();
            assertThat(told.isPresent()).as("cut at " + at).isEqualTo(isCut);
            if (isCut && isNew) {
                next++;
                Path copy = file.resolveSibling("reedgate.yaml.before-20261130T230000Z");
                assertThat(told.orElseThrow())
                        .contains("cut off after it had written " + file, "The former one is in " + copy, "sudo mv");
                assertThat(copy).hasContent(PRESENT);
                Files.delete(copy);
            } else if (isCut) {
                former++;
                assertThat(told.orElseThrow()).contains("cut off before it changed " + file);
                assertThat(file).hasContent(PRESENT);
            }
            assertThat(lastRun()).isEmpty();
            for (String name : names()) {
                Files.deleteIfExists(credentials.resolve(name));
            }
        }
        assertThat(former).isPositive();
        assertThat(next).isPositive();
    }

    @Test
    void firstRunThatIsKilledIsToldOfAsWell() throws Exception {
        cutAt = 1;
        assertThatThrownBy(() -> installation().carryOut(draft(elsewhere("mqtts://b"), List.of(DOOR)), false))
                .isInstanceOf(Cut.class);
        assertThat(file).doesNotExist();
        assertThat(lastRun().orElseThrow()).contains("cut off before it wrote " + file);
        cutAt = 1; // the password is there by now
        assertThatThrownBy(() -> installation().carryOut(draft(elsewhere("mqtts://b"), List.of(DOOR)), false))
                .isInstanceOf(Cut.class);
        assertThat(lastRun().orElseThrow()).contains("cut off after it had written " + file, "--test-alarm");
        assertThat(lastRun()).isEmpty();
        assertThat(new ConfigReader().read(file).sensors()).hasSize(1);
    }

    @Test
    void signalPutsEverythingBackAndTheNextRunSaysSo() throws Exception {
        present();
        hangs = true;
        List<String> before = names();
        Installation installation = installation();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Outcome> outcome = threads.submit(
                    () -> installation.carryOut(draft(elsewhere("mqtts://b.example.org"), List.of(DOOR)), true));
            assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(file)).contains("b.example.org");
            assertThatThrownBy(this::lastRun).hasMessageContaining("another run of setup is at work");
            assertThat(installation.abandon()).isTrue();
            assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Left.class);
        } finally {
            threads.shutdownNow();
        }
        assertThat(file).hasContent(PRESENT);
        assertThat(done).containsExactly("start", "undo");
        assertThat(installation.remains()).isEmpty();
        assertThat(lastRun().orElseThrow()).contains("It has put " + file + " and the service back");
        assertThat(names()).isEqualTo(before);
        assertThat(installation.abandon()).isFalse();
    }

    @Test
    void modeOwnerAndGroupOfTheConfigurationStay() throws Exception {
        for (boolean isRefused : List.of(false, true)) {
            present();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
            boolean isRoot = Files.getAttribute(root, "unix:uid").equals(0);
            if (isRoot) {
                Files.setAttribute(file, "unix:uid", 4711);
                Files.setAttribute(file, "unix:gid", 4712);
            }
            Map<String, Object> before = Files.readAttributes(file, "unix:mode,uid,gid");
            refuses = isRefused;
            installation().carryOut(draft(Optional.empty(), List.of(DOOR)), false);
            assertThat(Files.readString(file).contains("front_door")).isNotEqualTo(isRefused);
            assertThat(Files.readAttributes(file, "unix:mode,uid,gid")).isEqualTo(before);
            Files.delete(file);
        }
    }

    @Test
    void secretThatIsReplacedKeepsItsMode() throws Exception {
        Path secret = Files.writeString(credentials.resolve("mqtt.password"), "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--------"));
        new SetupFiles(file, "no such group", CLOCK).put(secret, new byte[] {'y'}, true);
        assertThat(secret).hasContent("y");
        assertThat(Files.getPosixFilePermissions(secret)).isEqualTo(PosixFilePermissions.fromString("r--------"));
    }

    @Test
    void whatBelongsToTheFormerBrokerGoesAndIsNamed() throws Exception {
        present();
        for (String name : List.of("client.pem", "client.key", "tablet.password")) {
            Files.writeString(credentials.resolve(name), "x");
        }
        String told = told(installation().carryOut(draft(elsewhere("mqtts://b.example.org"), List.of()), false));
        assertThat(told)
                .contains(
                        "Removed, because it belonged to the former broker: broker.client_id, broker.certificate_file,"
                                + " broker.key_file, broker.viewer. All other keys stay.",
                        "mqtt.password belonged to the former broker and was deleted.",
                        "client.pem belonged to the former broker; the gateway does not use it any more.");
        assertThat(Files.readString(file))
                .contains("keep_alive: 30s", "# there", "# the name there", "# in the hall", "mqtt-2.password")
                .doesNotContain("client_id", "certificate_file", "key_file", "viewer", "tablet");
        assertThat(names())
                .contains("client.pem", "client.key", "mqtt-2.password")
                .doesNotContain("mqtt.password");
        assertThat(new ConfigReader().read(file).broker().clientId()).isEqualTo("reedgate-home");
    }

    @Test
    void sameBrokerKeepsWhatBelongsToIt() throws Exception {
        present();
        String told = told(installation().carryOut(draft(elsewhere("mqtts://A.example.org:8884"), List.of()), false));
        assertThat(told).doesNotContain("Removed");
        assertThat(Files.readString(file)).contains("client_id: pi   # the name there", "certificate_file", "viewer");
    }

    @Test
    void accountsThatWereMadeAreNamedWithTheWayToUndoThem() throws Exception {
        refuses = true;
        Installation first = installation();
        assertThat(first.carryOut(
                        draft(Optional.of(BrokerChoice.HERE), List.of(DOOR), new Phone.MqttApp("phone")), false))
                .isInstanceOfSatisfying(
                        Outcome.Wrong.class, wrong -> assertThat(wrong.seen()).contains("as they were before"));
        assertThat(first.remains())
                .containsExactly("The broker on this machine stays set up with the accounts home, phone. To undo that:"
                        + " docs/brokers.md, 'To undo everything'");

        Files.writeString(file, PRESENT.replace("a.example.org", "localhost"));
        Installation later = installation();
        later.carryOut(draft(Optional.empty(), List.of(), new Phone.HomeAssistant("homeassistant")), false);
        assertThat(later.remains())
                .containsExactly("The broker on this machine keeps the new accounts homeassistant. To undo that: sudo"
                        + " reedgate-broker remove homeassistant");
        assertThat(installation().remains()).isEmpty();
    }

    @Test
    void testAlarmIsSentOnlyIfItIsWanted() throws Exception {
        present();
        assertThat(told(installation().carryOut(draft(Optional.empty(), List.of(DOOR)), false)))
                .contains("All 2 doors are read.", "No test alarm was sent.")
                .doesNotContain("acknowledged");
        assertThat(told(installation().carryOut(draft(Optional.empty(), List.of()), true)))
                .contains("The broker has acknowledged a test alarm after 12 ms.")
                .doesNotContain("Wrote");
    }

    @Test
    void programThatIsWaitedForEndsWithTheWait() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sleep")));
        Thread worker = Thread.currentThread();
        Thread other = new Thread(() -> {
            while (ProcessHandle.current().children().findAny().isEmpty()) {
                Thread.onSpinWait();
            }
            worker.interrupt();
        });
        other.start();
        assertThatThrownBy(() ->
                        Commands.ofThisMachine().run(List.of("/bin/sleep", "50"), java.time.Duration.ofSeconds(50)))
                .isInstanceOf(InterruptedException.class);
        assertThat(ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().command().orElse("").endsWith("sleep")))
                .isEmpty();
    }
}
