package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.setup.HeaderPin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code reedgate check} as it is seen from a shell. */
final class CheckCommandTest {

    private static final String GOOD = """
        gateway: {id: home, name: Home}
        state_dir: state
        broker: {url: 'mqtts://broker.example.org:8883', user: home, password_file: password}
        sensors:
          front_door: {line: 17}
          box: {line: 4, type: tamper, contact: normally_closed, pull: none, external_pull: up, alarm: never}
        """;

    private static final String OUTPUTS = """
        alarm: {}
        outputs:
          siren: {type: siren, line: 24, modes: away}
          lamp: {type: strobe, line: 5, active: low}
          status: {type: led, line: 25}
        """;

    @TempDir
    private Path folder = Path.of("");

    private final Printed out = new Printed();
    private final Printed err = new Printed();

    private int check(String text, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("reedgate.yaml"), text);
        CommandLine command = new CommandLine(new CheckCommand(Map.of()))
                .setOut(Printer.to(out))
                .setErr(Printer.to(err));
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--config";
        arguments[1] = file.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return command.execute(arguments);
    }

    private void prepare(String passwordPermissions) throws IOException {
        Files.createDirectory(folder.resolve("state"));
        Path password = Files.writeString(folder.resolve("password"), "hunter2\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString(passwordPermissions));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reedgate.db-wal", "reedgate.db-shm", "reedgate.db-journal", "panel.json"})
    void fileThatTheFoldersOwnerCantUseIsNamed(String name) throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        prepare("rw-r-----");
        Path state = folder.resolve("state");
        Path left = Files.writeString(state.resolve(name), "");
        Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setAttribute(state, "unix:uid", 4002);

        assertThat(check(GOOD)).isEqualTo(ExitCode.OK);

        assertThat(err.toString())
                .contains(
                        "warning: the owner of state_dir " + state + " can't use [" + left + "]; run: sudo chown -R ");
    }

    @Test
    void validFileIsSummarisedWithTheLevelsOfClosedAndOpen() throws IOException {
        prepare("rw-r-----");
        assertThat(check(GOOD)).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines())
                .containsExactly(
                        folder.resolve("reedgate.yaml") + " is valid",
                        "",
                        "gateway  home, \"Home\"",
                        "broker   mqtts://broker.example.org:8883 as client reedgate-home, user home",
                        "topics   reedgate/home/...",
                        "state    " + folder.resolve("state"),
                        "lines    gpiod, all levels read every 100 ms",
                        "",
                        "sensors",
                        "  front_door  door    line 17 (header pin 11)  normally open, pull-up             closed ="
                                + " LOW, open = HIGH  alarm always  \"Front door\"",
                        "  box         tamper  line 4 (header pin 7)    normally closed, external pull-up  ok = HIGH,"
                                + " tampered = LOW  alarm never   \"Box\"");
    }

    @Test
    void jsonSaysTheSameToPrograms() throws IOException {
        prepare("rw-r-----");
        assertThat(check(GOOD, "--json")).isEqualTo(ExitCode.OK);
        Map<String, Object> json = JSON.std.mapFrom(out.toString());
        assertThat(json)
                .containsEntry("valid", true)
                .containsEntry("errors", List.of())
                .containsEntry("warnings", List.of())
                .containsEntry("topics", "reedgate/home")
                .containsEntry("provider", "gpiod");
        assertThat(json.get("broker"))
                .isEqualTo(Map.of(
                        "url",
                        "mqtts://broker.example.org:8883",
                        "client_id",
                        "reedgate-home",
                        "user",
                        "home",
                        "encrypted",
                        true));
        assertThat(json.get("sensors"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2)
                .first()
                .isEqualTo(JSON.std.mapFrom("""
                    {"id": "front_door", "name": "Front door", "type": "door", "line": 17, "header_pin": 11,
                     "contact": "normally_open", "pull": "up", "level_when_closed": "LOW", "level_when_open": "HIGH",
                     "alarm": "always",
                     "trouble": {"chattering": "report", "stuck": "report", "deaf": "report", "unreadable": "report"}}\
                    """));
    }

    @Test
    void outputsAreSummarisedWithTheirLevelsAndWhatTheyTell() throws IOException {
        prepare("rw-r-----");
        assertThat(check(GOOD.replace("17}", "17, alarm: always}") + OUTPUTS)).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines())
                .endsWith(
                        "",
                        "outputs",
                        "  siren   siren   line 24 (header pin 18)  off = LOW, on = HIGH  for alarms of away for the"
                                + " siren time",
                        "  lamp    strobe  line 5 (header pin 29)   off = HIGH, on = LOW  for alarms of home, away,"
                                + " night until acknowledged",
                        "  status  led     line 25 (header pin 22)  off = LOW, on = HIGH");
    }

    private static final String PANEL = """
        alarm: {away: {exit_delay: 45s}, repeat: 0s, after: disarm}
        sensors:
          front_door: {line: 17, arm_on_close: true}
          window: {line: 27, type: window, modes: 'away, night', bypass: automatic}
          box: {line: 4, type: tamper}
        """;

    private static String withPanel() {
        return GOOD.substring(0, GOOD.indexOf("sensors:")) + PANEL;
    }

    @Test
    void panelIsSummarisedWithItsModesAndWhatCountsInThem() throws IOException {
        prepare("rw-r-----");
        assertThat(check(withPanel())).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .endsWith(
                        "",
                        "alarm panel",
                        "  home    exit none  entry 30 s  front_door delayed and arms on closing",
                        "  away    exit 45 s  entry 30 s  front_door delayed and arms on closing, window instant",
                        "  night   exit none  entry 30 s  front_door delayed and arms on closing, window instant",
                        "  always                         box",
                        "  siren time 3 min, then disarmed",
                        "  found open at the start: notify; delays while down: counts",
                        "  left out: window automatic; else if asked");
    }

    @Test
    void panelIsInTheJson() throws IOException {
        prepare("rw-r-----");
        assertThat(check(withPanel(), "--json")).isEqualTo(ExitCode.OK);
        Map<String, Object> alarm = JSON.std.mapFrom(
                JSON.std.asString(JSON.std.mapFrom(out.toString()).get("alarm")));
        assertThat(alarm)
                .containsEntry("siren_time_s", 180)
                .containsEntry("after", "disarm")
                .containsEntry("modes", JSON.std.mapFrom("""
                    {"home": {"exit_s": 0, "entry_s": 30}, "away": {"exit_s": 45, "entry_s": 30},
                     "night": {"exit_s": 0, "entry_s": 30}}\
                    """));
        assertThat(alarm.get("sensors"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(JSON.std.mapFrom("""
                    {"id": "window", "reaction": "instant", "modes": ["away", "night"], "bypass": "automatic",
                     "arm_on_close": false}\
                    """), JSON.std.mapFrom("""
                        {"id": "box", "reaction": "always", "bypass": "asked", "arm_on_close": false}\
                        """));
    }

    @Test
    void outputsAreInTheJson() throws IOException {
        prepare("rw-r-----");
        assertThat(check(GOOD + OUTPUTS, "--json")).isEqualTo(ExitCode.OK);
        assertThat(JSON.std.mapFrom(out.toString()).get("outputs"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(3)
                .startsWith(JSON.std.mapFrom("""
                    {"id": "siren", "type": "siren", "line": 24, "header_pin": 18, "level_when_off": "LOW",
                     "level_when_on": "HIGH", "modes": ["away"], "until": "siren_time"}\
                    """));
    }

    @Test
    void sirenThatMayBeOnWhileThePiStartsIsWarnedOf() throws IOException {
        prepare("rw-r-----");
        String turned = OUTPUTS.replace("line: 24", "line: 5, active: high")
                .replace("line: 5, active: low", "line: 24, active: low");
        assertThat(check(GOOD.replace("17}", "17, alarm: always}") + turned)).isEqualTo(ExitCode.OK);
        assertThat(err.toString().lines())
                .containsExactly(
                        "warning: outputs.siren: line 5 is pulled up until the gateway runs, and active: high may be"
                                + " on while the Pi starts; use a line from 9 on, or a resistor of your own the other way",
                        "warning: outputs.lamp: line 24 is pulled down until the gateway runs, and active: low may be"
                                + " on while the Pi starts; use a line up to 8, or a resistor of your own the other way");
    }

    @Test
    void everyMistakeIsToldOnStandardError() throws IOException {
        assertThat(check("gatway: {}\nbroker: {url: x}\n")).isEqualTo(ExitCode.CONFIG);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith(folder.resolve("reedgate.yaml") + ":"));
    }

    @Test
    void mistakesAreInTheJsonWithTheirPlaces() throws IOException {
        assertThat(check(GOOD.replace("line: 17", "line: 54"), "--json")).isEqualTo(ExitCode.CONFIG);
        Map<String, Object> json = JSON.std.mapFrom(out.toString());
        assertThat(json).containsEntry("valid", false);
        assertThat(json.get("errors"))
                .isEqualTo(List.of(Map.of(
                        "line",
                        5,
                        "column",
                        22,
                        "text",
                        "sensors.front_door.line: '54' is out of range; allowed: 0 to 53 (the BCM number, not the"
                                + " header pin)")));
    }

    @Test
    void missingFileEndsWithTheExitCodeOfAWrongConfiguration() {
        CommandLine command = new CommandLine(new CheckCommand()).setErr(Printer.to(err));
        Path file = folder.resolve("none.yaml");
        assertThat(command.execute("-c", file.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(err.toString()).startsWith(file + ": does not exist; ");
    }

    @Test
    void wrongOptionIsAMistakeOfTheCommandLine() {
        CommandLine command = new CommandLine(new CheckCommand()).setErr(Printer.to(err));
        assertThat(command.execute("--jsn")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void passwordFileThatAllMayReadIsWarnedOf() throws IOException {
        prepare("rw-r--r--");
        assertThat(check(GOOD)).isEqualTo(ExitCode.OK);
        Path password = folder.resolve("password");
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("warning: password file " + password
                        + " may be read by every user of this machine; chmod 640 " + password);
        assertThat(out.toString() + err).doesNotContain("hunter2");
    }

    @Test
    void missingPasswordFileAndStateFolderAreWarnedOf() throws IOException {
        assertThat(check(GOOD)).isEqualTo(ExitCode.OK);
        assertThat(err.toString().lines())
                .containsExactly(
                        "warning: password file " + folder.resolve("password")
                                + " does not exist; create it or correct the path",
                        "warning: state_dir " + folder.resolve("state")
                                + " does not exist; the systemd unit makes it, otherwise create it for the gateway's"
                                + " user");
    }

    @Test
    void certificateThatIsNoneIsWarnedOf() throws IOException {
        prepare("rw-------");
        Path ca = Files.writeString(folder.resolve("ca.pem"), "not a certificate");
        assertThat(check(GOOD.replace("user: home", "user: home, ca_file: ca.pem")))
                .isEqualTo(ExitCode.OK);
        assertThat(err.toString()).startsWith("warning: ").contains(ca.toString());
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void addressThatWatchesTheGatewayIsASecretToo() throws IOException {
        prepare("rw-r-----");

        assertThat(check(GOOD + "ping: {url: 'https://watch.example.org/4711'}\n"))
                .isEqualTo(ExitCode.OK);
        assertThat(err.toString())
                .contains("ping.url are secrets, but ")
                .contains("reedgate.yaml may be read by every user of this machine")
                .doesNotContain("4711");
    }

    @Test
    void configurationWithSecretsThatAllMayReadIsWarnedOf() throws IOException {
        prepare("rw-r-----");
        String hook = "notify:\n  hook: {type: webhook, url: 'https://192.168.1.2:8123/api/webhook/4711'}\n";
        Path users = Files.writeString(folder.resolve("state/users.yaml"), "");
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(check(GOOD + hook)).isEqualTo(ExitCode.OK);
        assertThat(err.toString())
                .contains("topics, webhook addresses and ping.url are secrets, but ")
                .contains("reedgate.yaml may be read by every user of this machine")
                .contains("users file " + users + " may be read by every user")
                .doesNotContain("4711");
    }

    @Test
    void stateFolderWhoseSocketWouldHaveTooLongAPathIsWarnedOf() throws IOException {
        prepare("rw-r-----");
        int own = (folder + "/").length();
        String fits = "s".repeat(93 - own);
        Files.createDirectory(folder.resolve(fits));
        Files.createDirectory(folder.resolve(fits + "s"));

        assertThat(check(GOOD.replace("state_dir: state", "state_dir: " + fits)))
                .isEqualTo(ExitCode.OK);
        assertThat(err.toString()).doesNotContain("too many");
        assertThat(check(GOOD.replace("state_dir: state", "state_dir: " + fits + "s")))
                .isEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("has a path of 94 bytes, 1 too many for the socket control.sock");
    }

    @Test
    void whoIsToldIsSummarisedWithoutSecretsAndTheirFilesAreLookedAt() throws IOException {
        prepare("rw-r-----");
        Path topic = Files.writeString(folder.resolve("topic"), "door-4711\n");
        Files.setPosixFilePermissions(topic, PosixFilePermissions.fromString("rw-r--r--"));
        String notify = """
            notify:
              phone: {type: ntfy, url: 'https://ntfy.sh'}
              neighbour: {type: ntfy, url: 'https://ntfy.sh', topic_file: topic, token_file: token, events: 'duress, alarms'}
              hook: {type: webhook, url: 'http://192.168.1.2:8123/api/webhook/4711', insecure: true}
            """;

        assertThat(check(GOOD + notify)).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("notify   phone: ntfy at ntfy.sh, alarms, faults")
                .contains("notify   neighbour: ntfy at ntfy.sh, alarms, duress")
                .contains("notify   hook: webhook at 192.168.1.2:8123, alarms, faults")
                .doesNotContain("4711");
        assertThat(err.toString())
                .contains("notify.neighbour: token file " + folder.resolve("token") + " does not exist")
                .contains("notify.neighbour: topic file " + topic + " may be read by every user")
                .contains("notify.hook: insecure is true")
                .doesNotContain("notify.phone", "4711");
    }

    @Test
    void clearTextToAnotherMachineIsWarnedOf() throws IOException {
        prepare("rw-------");
        String text = GOOD.replace("mqtts://broker.example.org:8883'", "mqtt://10.0.0.2', insecure: true");
        assertThat(check(text)).isEqualTo(ExitCode.OK);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "warning: insecure is true: everything, the password included, goes to 10.0.0.2"
                                + " in clear text; use mqtts or wss if the broker can");
        assertThat(out.toString())
                .contains("broker   mqtt://10.0.0.2 as client reedgate-home, user home, not encrypted");
    }

    @Test
    void clearTextToThisMachineIsNoReasonToWarn() throws IOException {
        prepare("rw-------");
        assertThat(check(GOOD.replace("mqtts://broker.example.org:8883", "mqtt://localhost")))
                .isEqualTo(ExitCode.OK);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void secondLineThatDoesNotSuitIsToldWithTheKeyOfItsSensor() throws IOException {
        prepare("rw-------");
        assertThat(check(GOOD.replace("line: 17", "line: 17, loop: {line: 28}")))
                .isEqualTo(ExitCode.OK);
        assertThat(err.toString().lines())
                .containsExactly("warning: sensors.front_door: line 28 is not on the Pi's header of 40 pins (0 to 27)");
    }

    @Test
    void linesThatDoNotSuitAreWarnedOfUnlessSimulated() throws IOException {
        prepare("rw-------");
        String text = GOOD.replace("line: 17", "line: 28").replace("line: 4, ", "line: 3, ");
        assertThat(check(text)).isEqualTo(ExitCode.OK);
        assertThat(err.toString().lines())
                .containsExactly(
                        "warning: sensors.front_door: line 28 is not on the Pi's header of 40 pins (0 to 27)",
                        "warning: sensors.box: line 3 has a pull-up of 1.8 kOhm on the Pi's board that outweighs"
                                + " another resistor; use pull: up or another line");
        err.reset();
        check(text + "gpio: {provider: simulator}\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void stateFolderThatIsAFileIsWarnedOf() throws IOException {
        prepare("rw-------");
        Files.delete(folder.resolve("state"));
        Files.writeString(folder.resolve("state"), "");
        check(GOOD);
        assertThat(err.toString()).startsWith("warning: state_dir " + folder.resolve("state") + " is not a folder");
    }

    @Test
    void helpNamesTheDefaultFileAndTheExitCodes() {
        CommandLine command = new CommandLine(new CheckCommand()).setOut(Printer.to(out));
        assertThat(command.execute("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("/etc/reedgate/reedgate.yaml", "--json", "Exit codes: 0");
    }

    @Test
    void documentationShowsWhatIsPrintedForTheExample() throws Exception {
        Config example = new ConfigReader().read(Path.of("..", "deploy", "reedgate.example.yaml"));
        String printed = String.join(
                "\n", new ConfigSummary(ConfigOption.DEFAULT_FILE, example, List.of()).lines(Integer.MAX_VALUE));
        assertThat(Files.readString(Path.of("..", "docs", "configuration.md"))).contains(printed);
    }

    @Test
    void everyHeaderPinBelongsToOneLine() {
        List<Integer> pins = IntStream.range(0, 28)
                .mapToObj(line -> HeaderPin.of(line).orElseThrow())
                .toList();
        assertThat(pins).doesNotHaveDuplicates().allMatch(pin -> pin >= 3 && pin <= 40);
        List<Integer> powerPins = List.of(1, 2, 4, 6, 9, 14, 17, 20, 25, 30, 34, 39);
        assertThat(pins).doesNotContainAnyElementsOf(powerPins);
        assertThat(HeaderPin.of(28)).isEmpty();
        assertThat(HeaderPin.of(-1)).isEmpty();
    }

    @Test
    void sensorsThatAnAlarmSectionQuietsAreNamedUnlessTheySayIt() throws IOException {
        String sensors = """
                  quiet: {line: 5, alarm: never}
                  loud: {line: 6, alarm: always}
                  side_door: {line: 12}
                  case: {line: 13, type: tamper}
                """;
        assertThat(check(GOOD + sensors)).isZero();
        assertThat(err.toString()).doesNotContain("alarm section");
        assertThat(check(GOOD + sensors + "alarm: {}\n")).isZero();
        assertThat(err.toString())
                .contains("warning: with an alarm section these sensors raise an alarm only as the panel says, and no"
                        + " longer at each opening: front_door, side_door; if that is meant, set"
                        + " sensors.front_door.alarm: never and so on, if not, set always")
                .containsOnlyOnce("alarm section");
    }
}
