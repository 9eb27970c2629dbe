package io.github.reedgate.monitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.Key;
import io.github.reedgate.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration file of the monitor. */
class MonitorReaderTest {

    private static final Path EXAMPLE = Path.of("../reedgate-monitor.example.yaml");
    private static final String LEAST = "monitor:\n  id: main\nbroker:\n  url: mqtt://localhost\n";

    private static List<String> problems(String text) {
        ConfigException wrong = catchThrowableOfType(ConfigException.class, () -> MonitorReader.read(text, "m.yaml"));
        return wrong.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void leastFileHasTheDefaults() throws ConfigException {
        MonitorConfig config = MonitorReader.read(LEAST, "/etc/m.yaml");

        assertThat(config.root()).isEqualTo("reedgate-monitor/main");
        assertThat(config.broker().clientId()).isEqualTo("reedgate-monitor-main");
        assertThat(config.topicPrefix()).isEqualTo("reedgate");
        assertThat(config.stateDir()).isEqualTo(Path.of("/var/lib/reedgate-monitor"));
        assertThat(config.sessionExpiry()).isEqualTo(Duration.ofDays(30));
        assertThat(config.healing()).isTrue();
        assertThat(config.store().kind()).isEqualTo(MonitorConfig.Kind.SQLITE);
        assertThat(config.store().maxAge()).isEqualTo(Duration.ofDays(3650));
    }

    @Test
    void healingCanBeTurnedOff() throws ConfigException {
        String text = LEAST.replace("id: main", "id: main\n  healing: false");

        assertThat(MonitorReader.read(text, "m.yaml").healing()).isFalse();
    }

    @Test
    void exampleIsValidAndNamesEveryKey() throws Exception {
        String example = Files.readString(EXAMPLE);
        assertThat(MonitorReader.read(example, "m.yaml").id()).isEqualTo("main");
        for (Key<?> key : MonitorKeys.TABLE.keys()) {
            assertThat(example)
                    .as(key.path())
                    .containsPattern("(?m)^[# ]*" + key.path().replaceFirst(".*\\.", "") + ": ");
        }
    }

    @Test
    void postgresIsReadWithItsFiles() throws ConfigException {
        MonitorConfig.Server server = MonitorReader.read(
                        LEAST
                                + "store:\n  type: postgresql\n  url: postgresql://db.lan/reedgate\n"
                                + "  password_file: pw\n  ca_file: ca.pem\n",
                        "/etc/m.yaml")
                .store()
                .server()
                .orElseThrow();

        assertThat(server.host()).isEqualTo("db.lan");
        assertThat(server.port()).isEqualTo(5432);
        assertThat(server.database()).isEqualTo("reedgate");
        assertThat(server.user()).isEqualTo("reedgate_monitor");
        assertThat(server.passwordFile()).contains(Path.of("/etc/pw"));
        assertThat(server.isTlsRequired()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            monitor: {id: Main}   | monitor.id: 'Main' is not an id; allowed: 1 to 32 of a-z, 0-9, _ and -; did you mean 'main'?
            topic_prefx: a        | topic_prefx: is not a known key; allowed: monitor, topic_prefix, state_dir, broker, session_expiry, store, supervision, ping, notify; did you mean 'topic_prefix'?
            session_expiry: 30    | session_expiry: '30' is not a whole number with its unit (d or y); allowed: 1d to 1y; did you mean '30d'?
            store: {type: mysql}  | store.type: 'mysql' is not one of the words; allowed: sqlite, postgresql
            store: {type: postgresql} | store.url: is missing with type: postgresql; allowed: postgresql://HOST:PORT/DATABASE; without :PORT 5432
            store: {type: postgresql, url: 'postgresql://u:secret@h/d'} | store.url: 'postgresql://…' has a user in it; allowed: postgresql://HOST:PORT/DATABASE; without :PORT 5432; name the user with store.user, and the file with the password with store.password_file
            store: {max_bytes: 1MiB} | store.max_bytes: '1MiB' is out of range; allowed: 16MiB to 4096GiB
            store: {user: x}      | store.user: is for type: postgresql only; remove it, or set store.type: postgresql
            store: {password: x}  | store.password: secrets do not belong in this file
            """)
    void wrongValueIsNamedWithItsPlaceRangeAndFix(String line, String problem) {
        String base = line.startsWith("monitor") ? "broker:\n  url: mqtt://localhost\n" : LEAST;
        assertThat(problems(base + line + "\n"))
                .anySatisfy(found ->
                        assertThat(found).matches("m\\.yaml:[0-9]+:[0-9]+: .*").contains(problem));
    }

    @Test
    void topicsOfGatewaysAreNotThoseOfMonitors() {
        for (String prefix : new String[] {"reedgate-monitor", "reedgate-monitor/main"}) {
            assertThat(problems(LEAST + "topic_prefix: " + prefix + "\n"))
                    .singleElement()
                    .asString()
                    .contains("topic_prefix: '" + prefix + "' lies at, above or below 'reedgate-monitor'");
        }
        for (String prefix : new String[] {"\"$SYS\"", "\"a/+\"", "\"#\"", "a//b", "/a", "a/"}) {
            assertThat(problems(LEAST + "topic_prefix: " + prefix + "\n")).hasSize(1);
        }
    }

    @Test
    void emptyFileSaysWhatIsNeeded() {
        assertThat(problems(""))
                .containsExactly("m.yaml:1:1: the file is empty; monitor.id and broker.url are needed at least");
    }

    @Test
    void missingFileNamesTheExample() {
        ConfigException wrong = catchThrowableOfType(
                ConfigException.class, () -> MonitorReader.read(Path.of("/nowhere/reedgate-monitor.yaml")));

        assertThat(wrong).hasMessageContaining("copy reedgate-monitor.example.yaml there");
    }
}
