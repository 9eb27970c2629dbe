package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.setup.Dialogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code reedgate init} as it is seen from a shell and by a person. */
final class InitCommandTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");
    private static final String PASSWORD = "not to be seen: ä$\"'";

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private String out = "";
    private String err = "";
    private final Person person = new Person();

    /** A person with answers that are known beforehand. */
    private static final class Person implements Dialogue {

        private final Deque<String> answers = new ArrayDeque<>();
        private final List<String> questions = new ArrayList<>();
        private final List<String> told = new ArrayList<>();

        void answers(String... lines) {
            answers.addAll(List.of(lines));
        }

        @Override
        public Optional<String> ask(String question, String suggestion) {
            questions.add(question);
            return Optional.ofNullable(answers.poll()).map(answer -> answer.isEmpty() ? suggestion : answer);
        }

        @Override
        public Optional<String> askSecret(String question) {
            questions.add(question);
            return Optional.ofNullable(answers.poll());
        }

        @Override
        public void say(String line) {
            told.add(line);
        }
    }

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("etc/reedgate.yaml");
    }

    private int init(Optional<Dialogue> who, String... arguments) {
        Printed outText = new Printed();
        Printed errText = new Printed();
        List<String> all = new ArrayList<>(List.of("--config", file.toString()));
        all.addAll(List.of(arguments));
        int code = new CommandLine(new InitCommand(() -> who, Clock.fixed(NOW, ZoneOffset.UTC)))
                .setOut(Printer.to(outText))
                .setErr(Printer.to(errText))
                .execute(all.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    private int batch(String... arguments) {
        return init(Optional.empty(), arguments);
    }

    private Config written() throws ConfigException {
        return new ConfigReader().read(file);
    }

    private Path passwordFile() throws IOException {
        return Files.writeString(folder.resolve("pw"), PASSWORD + "\nsecond line\n");
    }

    private String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void optionsAloneWriteAValidConfigurationAndThePasswordApart() throws Exception {
        int code = batch(
                "--gateway-id",
                "home",
                "--gateway-name",
                "At \"home\"",
                "--broker",
                "mqtts://broker.example.org:8883",
                "--user",
                "home",
                "--password-from",
                passwordFile().toString(),
                "--sensor",
                "front_door=pin11",
                "--sensor",
                "shed=line27,type=window,contact=normally_closed");
        assertThat(err).isEmpty();
        assertThat(code).isZero();
        Config config = written();
        assertThat(config.gatewayName()).isEqualTo("At \"home\"");
        assertThat(config.broker().url()).hasToString("mqtts://broker.example.org:8883");
        assertThat(config.broker().user()).hasValue("home");
        assertThat(config.sensors())
                .extracting(sensor -> sensor.id() + sensor.line().offset())
                .containsExactly("front_door17", "shed27");
        Path password = config.broker().passwordFile().orElseThrow();
        assertThat(password)
                .isEqualTo(folder.resolve("etc/credentials/mqtt.password"))
                .content(StandardCharsets.UTF_8)
                .isEqualTo(PASSWORD + "\n");
        assertThat(mode(password)).isIn("rw-------", "rw-r-----");
        assertThat(mode(file)).isIn("rw-------", "rw-r-----");
        assertThat(mode(password.resolveSibling(""))).isEqualTo("rwxr-x---");
        assertThat(out + Files.readString(file)).doesNotContain("not to be seen");
        assertThat(out).contains("front_door GPIO17 11 ●", "wrote " + file, "systemctl enable --now reedgate");
        assertThat(folder.resolve("etc")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void personIsAskedForWhatIsMissingAndAgainForWhatIsWrong() throws Exception {
        person.answers(
                "My Home",
                "my_home",
                "",
                "http://x",
                "mqtt://broker.example.org",
                "mqtts://broker.example.org",
                "",
                PASSWORD,
                "",
                "Front",
                "front",
                "gate",
                "door",
                "17",
                "pin9",
                "pin11",
                "",
                "front",
                "back",
                "window",
                "pin11",
                "line4",
                "closed",
                "normally_closed",
                "");
        assertThat(init(Optional.of(person))).as(err + person.questions).isZero();
        Config config = written();
        assertThat(config.gatewayId()).isEqualTo("my_home");
        assertThat(config.gatewayName()).isEqualTo("my_home");
        assertThat(config.broker().user()).hasValue("my_home");
        assertThat(config.sensors())
                .extracting(sensor -> sensor.id() + sensor.line().offset())
                .containsExactly("front17", "back4");
        assertThat(person.told)
                .anySatisfy(line -> assertThat(line).contains("'My Home' is not an id", "did you mean 'my_home'?"))
                .anySatisfy(line -> assertThat(line).contains("'http://x'", "mqtts"))
                .anySatisfy(line -> assertThat(line).contains("in clear text to another machine"))
                .anySatisfy(line -> assertThat(line).contains("'gate'", "door, window, garage_door"))
                .anySatisfy(line -> assertThat(line).contains("say pin17 for the header's pin or line17"))
                .anySatisfy(line -> assertThat(line).contains("pin 9 is GND"))
                .anySatisfy(line -> assertThat(line).contains("'17' is taken by sensors.front"))
                .anySatisfy(line -> assertThat(line).contains("'closed'", "normally_open"));
        assertThat(String.join("\n", person.told) + out).doesNotContain("not to be seen");
    }

    @Test
    void whatAnOptionToldIsNotAskedFor() throws Exception {
        person.answers("", "", "", "pin11", "", "");
        assertThat(init(Optional.of(person), "--gateway-id", "home", "--broker", "mqtt://localhost", "--user", ""))
                .as(err + person.questions)
                .isZero();
        assertThat(person.questions)
                .noneMatch(question -> question.contains("Broker")
                        || question.contains("Gateway id")
                        || question.contains("Password"));
        assertThat(written().broker().user()).isEmpty();
    }

    @Test
    void withoutATerminalWhatIsMissingIsNamedAndNothingIsWritten() {
        assertThat(batch("--gateway-id", "home")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("no terminal to ask at; missing: --broker, --sensor");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void personWhoLeavesLeavesNothingBehind() {
        person.answers("home", "Home", "mqtts://broker.example.org");
        assertThat(init(Optional.of(person))).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("nothing was written");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void configurationThatIsThereStaysUnlessForced() throws Exception {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "mine");
        String[] arguments = {"--gateway-id", "home", "--broker", "mqtts://localhost", "--sensor", "d=pin11"};
        assertThat(batch(arguments)).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains(file + " is there already and stays; --force replaces it");
        assertThat(file).hasContent("mine");
        List<String> forced = new ArrayList<>(List.of(arguments));
        forced.add("--force");
        assertThat(batch(forced.toArray(String[]::new))).isZero();
        assertThat(file.resolveSibling("reedgate.yaml.before-20260301T102030Z")).hasContent("mine");
        assertThat(out).contains("the former configuration is now");
        assertThat(written().gatewayId()).isEqualTo("home");
    }

    @Test
    void exampleOfThePackageIsReplacedAsLongAsItIsUnchanged() throws Exception {
        String example = Files.readString(Path.of("..", "deploy", "reedgate.example.yaml"));
        Files.createDirectories(file.resolveSibling(""));
        String[] arguments = {"--gateway-id", "other", "--broker", "mqtts://localhost", "--sensor", "d=pin11"};
        Files.writeString(file, example + "# mine\n");
        assertThat(batch(arguments)).isEqualTo(ExitCode.FAILED);
        assertThat(file).content().endsWith("# mine\n");

        Files.writeString(file, example);
        assertThat(batch(arguments)).as(err).isZero();
        assertThat(written().gatewayId()).isEqualTo("other");
        assertThat(file.resolveSibling(""))
                .as("nobody misses it")
                .isDirectoryNotContaining(path -> path.toString().contains("before"));
        assertThat(batch(arguments)).as("what was written is no example").isEqualTo(ExitCode.FAILED);
    }

    @Test
    void personIsAskedBeforeAConfigurationIsReplaced() throws Exception {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "mine");
        person.answers("perhaps", "no");
        assertThat(init(
                        Optional.of(person),
                        "--gateway-id",
                        "home",
                        "--broker",
                        "mqtts://localhost",
                        "--sensor",
                        "d=pin11"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(file).hasContent("mine");
        person.answers("yes");
        assertThat(init(
                        Optional.of(person),
                        "--gateway-id",
                        "home",
                        "--broker",
                        "mqtts://localhost",
                        "--sensor",
                        "d=pin11"))
                .isZero();
        assertThat(written().gatewayId()).isEqualTo("home");
    }

    @Test
    void passwordOnDiskStaysIfNoOtherIsGiven() throws Exception {
        String[] arguments = {
            "--gateway-id", "home", "--broker", "mqtts://localhost", "--user", "home", "--sensor", "d=pin11", "--force"
        };
        List<String> first = new ArrayList<>(List.of(arguments));
        first.addAll(List.of("--password-from", passwordFile().toString()));
        assertThat(batch(first.toArray(String[]::new))).isZero();
        assertThat(batch(arguments)).isZero();
        assertThat(written().broker().passwordFile().orElseThrow())
                .content(StandardCharsets.UTF_8)
                .isEqualTo(PASSWORD + "\n");
    }

    @Test
    void answersThatCannotBeUsedAreNamedAndNothingIsWritten() {
        assertThat(batch("--gateway-id", "Home!", "--broker", "ftp://x", "--sensor", "a=pin11", "--sensor", "b=pin11"))
                .isEqualTo(ExitCode.CONFIG);
        assertThat(err).contains("gateway.id: 'Home!'", "broker.url: 'ftp://x'", "'17' is taken by sensors.a");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void authorityThatIsNoneIsRefused() throws IOException {
        Path ca = Files.writeString(folder.resolve("ca.txt"), "hello\n");
        assertThat(batch(
                        "--gateway-id",
                        "home",
                        "--broker",
                        "mqtts://localhost",
                        "--sensor",
                        "a=pin11",
                        "--ca",
                        ca.toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err).contains(ca + " holds no certificate", "BEGIN CERTIFICATE");
        assertThat(file).doesNotExist();
    }

    @Test
    void anyTextOfAPersonSurvivesWritingAndReading() throws Exception {
        for (String name :
                List.of("true", "null", "a: b # c", "\"quoted\" \\ back", "100%", "- x", "{a}", "Tür 🚪", "'", "no")) {
            assertThat(batch(
                            "--gateway-id",
                            "home",
                            "--gateway-name",
                            name,
                            "--broker",
                            "mqtts://localhost",
                            "--sensor",
                            "a=pin11,name=" + name.replace(",", ""),
                            "--force"))
                    .as(name + err)
                    .isZero();
            assertThat(written().gatewayName()).isEqualTo(name);
            assertThat(written().sensors().get(0).name()).isEqualTo(name);
            Files.delete(file);
        }
    }
}
