package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code reedgate setup} as it is called without a terminal: options tell all, and nothing is asked. */
@Timeout(120)
final class SetupCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private String out = "";
    private String err = "";

    @BeforeEach
    void choose() {
        file = folder.resolve("reedgate.yaml");
    }

    private int setup(String... arguments) {
        Printed outText = new Printed();
        Printed errText = new Printed();
        List<String> all = new ArrayList<>(List.of("setup", "-c", file.toString()));
        all.addAll(List.of(arguments));
        int code = StandardStreams.of(outText, errText).run(all.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    @Test
    void withoutATerminalAllThatIsMissingIsNamed() {
        assertThat(setup()).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("there is no terminal to ask at; missing: --broker, --sensor, --phone");
        assertThat(setup("--broker", "mqtts://localhost:1", "--phone", "later")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("missing: --sensor");
        assertThat(file).doesNotExist();
    }

    @Test
    void optionsThatCannotBeUsedAreRefused() {
        assertThat(setup("--sensor", "front_door=17")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("say pin17 for the header's pin or line17");
        assertThat(setup("--phone", "pigeon")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("home-assistant");
        assertThat(setup("--ntfy-server", "ntfy.sh")).isEqualTo(ExitCode.USAGE);
        assertThat(setup(
                        "--broker",
                        "mqtts://localhost",
                        "--password-from",
                        folder.resolve("no").toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("the password can't be read from");
        assertThat(file).doesNotExist();
    }

    @Test
    void optionsOfABrokerElsewhereNeedItsUrl() {
        for (List<String> broker : List.of(List.<String>of(), List.of("--broker", "here"))) {
            List<String> words = new ArrayList<>(broker);
            words.addAll(List.of("--user", "home", "--sensor", "front_door=pin11", "--phone", "later"));
            assertThat(setup(words.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
            assertThat(err).contains("are for a broker elsewhere: give --broker URL");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void brokerThatDoesNotAnswerChangesNothing() {
        int code = setup("--broker", "mqtt://localhost:1", "--sensor", "front_door=pin11", "--phone", "later");
        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(out).contains("Nothing listens at localhost:1", "Fix: ");
        assertThat(err).contains("nothing was changed");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void fileThatMayNotBeWrittenIsToldAtOnce() throws Exception {
        file = Files.writeString(folder.resolve("none"), "").resolve("reedgate.yaml");
        assertThat(setup("--broker", "here")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("you may not write " + file, "sudo");
    }

    @Test
    void configurationThatIsWrongIsToldAtOnceAndStays() throws Exception {
        Files.writeString(file, "gateway: [\n");
        assertThat(setup("--broker", "here")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("reedgate.yaml:", "sudo reedgate check");
        assertThat(file).hasContent("gateway: [\n");
    }

    @Test
    void everythingIsWrittenAndALaterRunAddsToIt() throws Exception {
        try (TestBroker broker = TestBroker.started(BrokerOptions.plain())) {
            String url = "mqtt://localhost:" + broker.port();
            int code = setup(
                    "--broker",
                    url,
                    "--sensor",
                    "front_door=pin11,name=Küche vorn",
                    "--phone",
                    "later",
                    "--simulate",
                    "--no-start");
            assertThat(code).as(out + err).isZero();
        }
        Files.writeString(file, Files.readString(file) + "\n# mine\n");
        String before = Files.readString(file);
        assertThat(setup("--sensor", "shed=line27,type=window", "--no-start"))
                .as(out + err)
                .isZero();
        assertThat(setup("--phone", "ntfy", "--phone", "home-assistant", "--no-start"))
                .as(out + err)
                .isZero();
        Config config = new ConfigReader().read(file);
        assertThat(config.sensors()).extracting(sensor -> sensor.id()).containsExactly("front_door", "shed");
        assertThat(config.sensors().get(0).name()).isEqualTo("Küche vorn");
        assertThat(config.discovery().enabled()).isTrue();
        assertThat(config.targets()).hasSize(1);
        assertThat(setup("--phone", "ntfy", "--no-start")).as(out + err).isZero();
        assertThat(new ConfigReader().read(file).targets())
                .extracting(target -> target.id())
                .containsExactly("phone", "phone_2");
        assertThat(Files.readString(folder.resolve("credentials/notify.phone.topic")))
                .matches("door-[a-z0-9]{20}\n");
        assertThat(Files.readString(file).lines().toList())
                .containsSubsequence(before.lines().toList());
        assertThat(setup()).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("what to do: --broker, --sensor, --phone or --test-alarm");
    }

    @Test
    void simulatedDoorsDoNotGetBetweenRealOnes() throws Exception {
        String real = "gateway: {id: home}\nbroker:\n  url: mqtts://a\nsensors:\n  door:\n    line: 17\n";
        Files.writeString(file, real);
        assertThat(setup("--simulate", "--sensor", "shed=line27", "--no-start")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("--simulate is refused: " + file + " is for real doors at GPIO lines", "--config");
        assertThat(file).hasContent(real);
    }

    @Test
    void linkInThePlaceOfTheConfigurationIsRefused() throws Exception {
        Path target = Files.writeString(folder.resolve("mine.yaml"), "");
        Files.createSymbolicLink(file, target);
        assertThat(setup("--broker", "here")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains(file + " is a link, which setup would replace");
    }

    @Test
    void topicsThatOverlapWithThoseOfMonitorsAreRefused() throws Exception {
        Files.writeString(file, """
                monitor_prefix: homeassistant
                gateway: {id: home}
                broker:
                  url: mqtts://a
                sensors:
                  door:
                    line: 17
                """);
        assertThat(setup("--broker", "here", "--no-start")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("monitor_prefix");
    }
}
