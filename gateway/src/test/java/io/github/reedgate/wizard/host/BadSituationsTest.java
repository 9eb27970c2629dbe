package io.github.reedgate.wizard.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.setup.SensorPlan;
import io.github.reedgate.setup.SetupFiles;
import io.github.reedgate.wizard.BrokerChoice;
import io.github.reedgate.wizard.Draft;
import io.github.reedgate.wizard.Outcome;
import io.github.reedgate.wizard.Phone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A machine on which something is wrong: it ends in a plain sentence, and all files are as they were. */
final class BadSituationsTest {

    private static final SensorPlan DOOR = new SensorPlan("front_door", 17, Map.of("name", "Front door"));
    private static final String PRESENT = """
            # mine
            gateway: {id: home}
            broker:
              url: mqtts://a.example.org   # there
            sensors:
              shed: # behind the house
                line: 4
            """;

    @TempDir
    private Path root = Path.of("");

    private Path file = Path.of("");
    private final House house = new House();

    /** The machine's programs, service, gateway and clock. */
    private static final class House implements GatewayService {

        private final Map<String, Commands.Ran> programs = new HashMap<>();
        private final List<String> ran = new ArrayList<>();
        private final List<String> done = new ArrayList<>();
        private Optional<String> notStarted = Optional.empty();
        private String status = "ok {\"reedgate/home/front_door/state\":\"closed\",\"notices_waiting\":0}";
        private String alarm = "ok 12";
        private boolean isPortTaken;
        private boolean isRoot = true;
        private boolean isSilent;
        private int roomFor = -1;
        private long nanos;
        private Consumer<String> whenRun = text -> {};

        Commands.Ran run(List<String> command, Duration limit) {
            String text = String.join(" ", command);
            ran.add(text);
            whenRun.accept(text);
            return programs.entrySet().stream()
                    .filter(each -> text.contains(each.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(new Commands.Ran(0, "", ""));
        }

        String ask(Path folder, String request) throws IOException {
            if (isSilent) {
                throw new IOException("Connection refused");
            }
            return request.equals("status") ? status : alarm;
        }

        @Override
        public Optional<String> start() {
            done.add("start");
            return notStarted;
        }

        @Override
        public void undo() {
            if (done.contains("start")) {
                done.add("undo");
            }
        }

        @Override
        public void finish() {
            done.add("finish");
        }

        @Override
        public String hint() {
            return "It runs.";
        }
    }

    @BeforeEach
    void furnish() throws IOException {
        file = root.resolve("etc/reedgate/reedgate.yaml");
        Files.createDirectories(root.resolve("etc/reedgate/credentials"));
        Path program = root.resolve(BrokerHere.PROGRAM);
        Files.createDirectories(program.getParent());
        Files.createFile(program, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Path home = Files.createDirectories(root.resolve("etc/mosquitto/reedgate/credentials"));
        Files.writeString(home.resolve("home.password"), "made here\n");
        house.whenRun = text -> {
            try {
                if (text.contains(" setup ") && !text.contains("--print")) {
                    Files.writeString(home.resolveSibling("settings"), "names=pi,192.168.1.5\nport=8883\n");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        Files.writeString(home.resolveSibling("ca.crt"), "-----BEGIN CERTIFICATE-----\n");
    }

    private BrokerHere broker() {
        return new BrokerHere(root, house::run, house.isRoot, port -> house.isPortTaken);
    }

    private Outcome carryOut(Draft draft) throws InterruptedException {
        Alarm alarm = new Alarm(house::ask, () -> house.nanos += 300_000_000, () -> house.nanos);
        SetupFiles files = new SetupFiles(file, "no such group", Clock.systemUTC());
        Installation.Put put = (target, content, isSecret) -> {
            if (house.roomFor-- == 0) {
                throw new IOException("No space left on device");
            }
            files.put(target, content, isSecret);
        };
        return new Installation(
                        file,
                        files,
                        new Installation.Parts(broker(), house, alarm, put),
                        new Installation.Manner(false, false, true))
                .carryOut(draft, true);
    }

    private static Draft draft(Optional<BrokerChoice> broker, List<SensorPlan> doors, Phone... phones) {
        return new Draft(Optional.empty(), Optional.empty(), broker, true, doors, true, List.of(phones), true);
    }

    private static Draft here() {
        return draft(
                Optional.of(BrokerChoice.HERE),
                List.of(DOOR),
                new Phone.Ntfy("phone", "https://ntfy.sh", "door-abc"),
                new Phone.HomeAssistant("homeassistant"));
    }

    private static Draft elsewhere(String ca) {
        return draft(
                Optional.of(new BrokerChoice(
                        false,
                        "mqtts://b.example.org",
                        "home",
                        "secret",
                        Optional.of(ca).filter(text -> !text.isEmpty()),
                        false)),
                List.of(DOOR));
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root.resolve("etc/reedgate"))) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                contents.put(path.toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private static Commands.Ran refused(int code, String seen, String fix) {
        return new Commands.Ran(code, "", "reedgate-broker: " + seen + "\nreedgate-broker: fix: " + fix + "\n");
    }

    /** Something that is wrong, what is tried and what is said. */
    record Bad(String what, Change change, Try action, String said, String fix) {

        @Override
        public String toString() {
            return what;
        }
    }

    /** Makes something wrong. */
    private interface Change {

        void make(BadSituationsTest machine) throws IOException;
    }

    /** What is tried then. */
    private interface Try {

        Outcome on(BadSituationsTest machine) throws Exception;
    }

    private static Bad look(String what, Change change, String said, String fix) {
        return new Bad(what, change, machine -> machine.broker().look("home"), said, fix);
    }

    private static Bad write(String what, Change change, Draft draft, String said, String fix) {
        return new Bad(what, change, machine -> machine.carryOut(draft), said, fix);
    }

    private static Change present(String text) {
        return machine -> Files.writeString(machine.file, text);
    }

    static Stream<Bad> bad() {
        return Stream.of(lookBads(), brokerBads(), fileBads(), serviceBads()).flatMap(all -> all);
    }

    private static Stream<Bad> lookBads() {
        return Stream.of(
                look(
                        "not root",
                        machine -> machine.house.isRoot = false,
                        "only root may set up a broker",
                        "sudo reedgate setup"),
                look(
                        "no program",
                        machine -> Files.delete(machine.root.resolve(BrokerHere.PROGRAM)),
                        "reedgate-broker is not there",
                        "install the package"),
                look(
                        "no mosquitto",
                        machine -> Files.move(machine.root.resolve("etc/mosquitto"), machine.root.resolve("gone")),
                        "mosquitto is not installed",
                        "sudo apt install mosquitto"),
                look(
                        "port taken",
                        machine -> machine.house.isPortTaken = true,
                        "port 8883 is taken by another program",
                        "ss -ltnp"),
                look(
                        "mosquitto configured by somebody else",
                        machine -> machine.house.programs.put(
                                "--print",
                                refused(3, "another configuration of mosquitto is in the way", "take it away")),
                        "another configuration of mosquitto is in the way",
                        "take it away"),
                look(
                        "no openssl",
                        machine -> machine.house.programs.put(
                                "--print", refused(1, "openssl is not installed", "sudo apt install openssl")),
                        "openssl is not installed",
                        "apt install openssl"),
                look(
                        "program without a word",
                        machine -> machine.house.programs.put("--print", new Commands.Ran(7, "", "")),
                        "reedgate-broker ended with 7",
                        ""),
                look(
                        "program that hangs",
                        machine -> machine.house.programs.put(
                                "--print", new Commands.Ran(Commands.NOT_RUN, "", "x did not end within 300 s")),
                        "did not end within 300 s",
                        ""));
    }

    private static Stream<Bad> brokerBads() {
        return Stream.of(
                write(
                        "mosquitto that does not come up",
                        machine -> machine.house.programs.put(
                                "setup", refused(1, "mosquitto could not be started", "journalctl -u mosquitto -n 20")),
                        here(),
                        "mosquitto could not be started",
                        "journalctl -u mosquitto"),
                write(
                        "broker without a password for the gateway",
                        machine ->
                                Files.delete(machine.root.resolve("etc/mosquitto/reedgate/credentials/home.password")),
                        here(),
                        "can't be read",
                        ""),
                write(
                        "account that is a gateway's already",
                        machine -> {
                            present(PRESENT.replace("a.example.org", "localhost"))
                                    .make(machine);
                            Files.writeString(machine.root.resolve("etc/mosquitto/reedgate/settings"), "port=8883\n");
                            machine.house.programs.put(
                                    "setup",
                                    refused(2, "'phone' is the account of a gateway already", "choose another name"));
                        },
                        draft(Optional.empty(), List.of(), new Phone.MqttApp("phone")),
                        "'phone' is the account of a gateway already",
                        "choose another name"),
                write("authority that is gone", machine -> {}, elsewhere("/no/such/ca.pem"), "can't be read", ""));
    }

    private static Stream<Bad> fileBads() {
        return Stream.of(
                write(
                        "configuration with a mistake",
                        present(PRESENT + "sensor: 1\n"),
                        here(),
                        "sensor: is not a known key",
                        "reedgate check"),
                write(
                        "sensors in one line",
                        present(PRESENT.replaceAll("(?s)sensors:.*", "sensors: {shed: {line: 4}}\n")),
                        draft(Optional.empty(), List.of(DOOR)),
                        "'sensors' in line 5 of the configuration is not written with each of its keys on a line",
                        ""),
                write(
                        "broker in one line",
                        present(PRESENT.replaceAll("(?s)broker:.*sensors", "broker: {url: 'mqtts://a'}\nsensors")),
                        elsewhere(""),
                        "'broker' in line 3 of the configuration is not written with each of its keys on a line",
                        ""),
                write(
                        "line that another sensor has",
                        present(PRESENT.replace("line: 4", "line: 17")),
                        draft(Optional.empty(), List.of(DOOR)),
                        "17",
                        "reedgate check"),
                write(
                        "id that another sensor has",
                        present(PRESENT.replace("shed:", "front_door:")),
                        draft(Optional.empty(), List.of(DOOR)),
                        "has 'front_door' already; choose another id",
                        ""),
                write(
                        "URL that is none",
                        machine -> {},
                        draft(
                                Optional.of(new BrokerChoice(false, "ftp://x", "", "", Optional.empty(), false)),
                                List.of(DOOR)),
                        "broker.url",
                        "reedgate check"),
                write(
                        "sensor that is none",
                        machine -> {},
                        draft(Optional.of(BrokerChoice.HERE), List.of(new SensorPlan("A B", 17, Map.of()))),
                        "A B",
                        "reedgate check"),
                write(
                        "folder in the place of the configuration",
                        machine -> Files.createDirectory(machine.file),
                        here(),
                        "reedgate.yaml",
                        ""),
                write(
                        "file in the place of the credentials",
                        machine -> {
                            Files.delete(machine.root.resolve("etc/reedgate/credentials"));
                            Files.writeString(machine.root.resolve("etc/reedgate/credentials"), "mine");
                        },
                        here(),
                        "can't be written",
                        "sudo reedgate setup"),
                write(
                        "full disk",
                        machine -> machine.house.roomFor = 0,
                        here(),
                        "can't be written (No space left on device); the files are as they were before",
                        "df -h"),
                write(
                        "disk that is full after two files",
                        machine -> {
                            present(PRESENT).make(machine);
                            machine.house.roomFor = 2;
                        },
                        here(),
                        "can't be written (No space left on device); the files are as they were before",
                        "df -h"),
                write(
                        "folder in the place of the password",
                        machine ->
                                Files.createDirectory(machine.root.resolve("etc/reedgate/credentials/mqtt.password")),
                        here(),
                        "reedgate.yaml",
                        ""),
                write(
                        "folder in the place of the authority, after others were written",
                        machine ->
                                Files.createDirectories(machine.root.resolve("etc/reedgate/credentials/ca.pem/more")),
                        here(),
                        "reedgate.yaml",
                        ""));
    }

    private static Stream<Bad> serviceBads() {
        return Stream.of(
                write(
                        "service that does not come up",
                        machine -> machine.house.notStarted = Optional.of("the service does not come up: no GPIO chip"),
                        here(),
                        "the service does not come up: no GPIO chip; the files are as they were before",
                        "reedgate doctor"),
                write(
                        "later run with a service that does not come up",
                        machine -> {
                            present(PRESENT).make(machine);
                            machine.house.notStarted = Optional.of("the service does not come up: line 17 is in use");
                        },
                        draft(Optional.empty(), List.of(DOOR)),
                        "line 17 is in use; the files are as they were before",
                        "reedgate doctor"),
                write(
                        "gateway that tells nothing of its doors",
                        machine -> machine.house.status = "ok {}",
                        here(),
                        "did not tell the state of its doors within 60 s",
                        "journalctl"),
                write(
                        "gateway that does not answer",
                        machine -> machine.house.isSilent = true,
                        here(),
                        "did not tell the state of its doors",
                        "journalctl"),
                write(
                        "broker that acknowledges nothing",
                        machine -> machine.house.alarm = "late",
                        here(),
                        "the broker did not acknowledge the test alarm within 30 s",
                        "reedgate doctor"),
                write(
                        "gateway that refuses",
                        machine -> machine.house.alarm = "error no",
                        here(),
                        "did not acknowledge the test alarm",
                        "reedgate doctor"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badSituationEndsInASentenceAndLeavesTheMachineAsItWas(Bad bad) throws Exception {
        bad.change().make(this);
        Map<String, String> before = contents();
        Outcome outcome = bad.action().on(this);
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Wrong.class, wrong -> {
            assertThat(wrong.seen()).contains(bad.said()).doesNotContain("Exception", "java.", "\n");
            assertThat(wrong.fix()).contains(bad.fix());
        });
        assertThat(contents()).isEqualTo(before);
        assertThat(house.done).isIn(List.of(), List.of("start", "undo"));
    }

    @Test
    void atLeastTwentyFiveSituationsAreTried() {
        assertThat(bad().map(Bad::what)).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(25);
    }

    /** The broker's rules have to fit the topics of the configuration. */
    @Test
    void topicsThatAreNotTheUsualOnesReachTheBrokersRules() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "topic_prefix: house\nmonitor_prefix: watch\n" + PRESENT);
        carryOut(here());
        assertThat(house.ran.get(0)).endsWith(" --prefix house --monitor-prefix watch");
    }

    /** An account at the broker here would be no use at another one. */
    @Test
    void accountIsMadeOnlyAtTheBrokerOfTheConfiguration() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, PRESENT);
        Files.writeString(root.resolve("etc/mosquitto/reedgate/settings"), "port=8883\n");
        carryOut(draft(Optional.empty(), List.of(), new Phone.MqttApp("phone")));
        assertThat(house.ran).isEmpty();
    }

    @Test
    void whatIsWrittenOnASoundMachineCanBeReadAndIsNobodyElses() throws Exception {
        assertThat(carryOut(here())).isInstanceOf(Outcome.Well.class);
        assertThat(house.ran)
                .containsExactly(
                        "/" + BrokerHere.PROGRAM + " setup --gateway home --phone phone --phone homeassistant");
        assertThat(house.done).containsExactly("start", "finish");
        assertThat(new ConfigReader().read(file).targets()).hasSize(1);
        assertThat(Files.readString(file)).contains("enabled: true", "topic_file: credentials/notify.phone.topic");
        assertThat(root.resolve("etc/reedgate/credentials/notify.phone.topic")).hasContent("door-abc");
        assertThat(root.resolve("etc/reedgate/credentials/mqtt.password")).hasContent("made here");
        for (String secret : List.of("reedgate.yaml", "credentials/mqtt.password", "credentials/notify.phone.topic")) {
            assertThat(Files.getPosixFilePermissions(
                            root.resolve("etc/reedgate").resolve(secret)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void laterRunLeavesEachLineOfTheConfiguration() throws Exception {
        Files.writeString(file, PRESENT);
        house.status = "ok {\"reedgate/home/front_door/state\":\"closed\",\"reedgate/home/shed/state\":\"open\"}";
        assertThat(carryOut(draft(Optional.empty(), List.of(DOOR)))).isInstanceOf(Outcome.Well.class);
        assertThat(Files.readString(file)).startsWith(PRESENT);
        assertThat(new ConfigReader().read(file).sensors()).hasSize(2);

        Draft other = elsewhere("");
        assertThat(carryOut(draft(other.broker(), List.of()))).isInstanceOf(Outcome.Well.class);
        assertThat(Files.readString(file))
                .contains("# mine", "url: \"mqtts://b.example.org\"   # there", "# behind the house", "user: home");
        assertThat(Set.copyOf(house.ran)).isEmpty();
    }
}
