package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmState;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.file.FileKind;
import io.github.reedgate.file.FolderTemplate;
import io.github.reedgate.line.FakeLines;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.store.Batch;
import io.github.reedgate.store.Bounds;
import io.github.reedgate.store.EventStore;
import io.github.reedgate.users.UsersException;
import io.github.reedgate.users.UsersFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file of the state folder, with something else in its place: the gateway starts, and forgets nothing unsaid. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StateFilesTest {

    private static final String ARMED =
            "{\"version\":1,\"state\":\"armed_away\",\"mode\":\"away\",\"since\":\"2026-11-22T21:14:00Z\",\"bypassed\":[],"
                    + "\"open\":[],\"unknown\":[],\"sensors\":[],\"at\":\"2026-11-22T21:14:00Z\",\"clock_synced\":true}";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final List<String> FILES = List.of(
            "reedgate.db",
            "reedgate.db-wal",
            "reedgate.db-shm",
            "reedgate.db-journal",
            "panel.json",
            "panel.json.new",
            "start.properties",
            "start.properties.new",
            "start.properties.damaged",
            "users.yaml",
            "lock",
            "control.sock",
            ".control",
            "native");

    private static final FolderTemplate TEMPLATE = new FolderTemplate(state -> {
        StateFolder.lock(state).close();
        try (EventStore store = EventStore.open(state, Bounds.DEFAULT)) {
            store.commit(new Batch(List.of(), List.of(), List.of(), ARMED));
        }
        Files.writeString(state.resolve("start.properties"), "boot=1");
    });

    @TempDir
    private Path folder = Path.of("");

    private Path state = Path.of("");

    @BeforeEach
    void furnish() throws Exception {
        state = Files.createDirectory(folder.resolve("state"));
        TEMPLATE.copyTo(state);
    }

    static Stream<Arguments> replaced() {
        return FILES.stream().flatMap(file -> Arrays.stream(FileKind.values()).map(kind -> Arguments.of(file, kind)));
    }

    private GatewayRun start() throws Exception {
        String text = """
                gateway: {id: home}
                state_dir: state
                broker: {url: 'mqtt://localhost:1'}
                sensors: {door: {line: 17}}
                alarm: {}
                """;
        Config config =
                new ConfigReader().read(text, folder.resolve("reedgate.yaml").toString());
        return GatewayRun.start(config, FakeLines::new, will -> new FakeLink());
    }

    @ParameterizedTest
    @MethodSource("replaced")
    void gatewayStartsAndStops(String file, FileKind kind) throws Exception {
        kind.replace(state.resolve(file));

        assertThat(start().stop(LIMIT)).isTrue();

        assertThat(state.resolve("elsewhere"))
                .as("nothing is made where a link leads")
                .doesNotExist();
        assertThat(start().stop(LIMIT)).as("and again").isTrue();
    }

    @ParameterizedTest
    @MethodSource("replaced")
    void panelIsRemembered(String file, FileKind kind) throws Exception {
        kind.replace(state.resolve(file));

        try (DurableStorage storage = DurableStorage.open(state, Bounds.DEFAULT, event -> {})) {
            assertThat(Objects.requireNonNull(
                                    storage.found().before().snapshot().panel())
                            .state()
                            .state())
                    .isEqualTo(AlarmState.ARMED_AWAY);
        }
    }

    static Stream<Arguments> replacedOfTheStore() {
        return replaced().filter(each -> each.get()[0].toString().startsWith("reedgate.db"));
    }

    @ParameterizedTest
    @MethodSource("replacedOfTheStore")
    void bothPlacesOfThePanelLostAreReportedAsLost(String file, FileKind kind) throws Exception {
        kind.replace(state.resolve(file));
        kind.replace(state.resolve("panel.json"));

        try (DurableStorage storage = DurableStorage.open(state, Bounds.DEFAULT, event -> {})) {
            assertThat(storage.found().before().recall().lost()).contains("panel.json is no ordinary file");
        }
    }

    @ParameterizedTest
    @MethodSource("replaced")
    void usersAreReadOrMissedAloud(String file, FileKind kind) throws Exception {
        kind.replace(state.resolve(file));

        try {
            assertThat(new UsersFile(state).read().entries()).isEmpty();
            assertThat(file).isNotEqualTo("users.yaml");
        } catch (UsersException e) {
            assertThat(file).isEqualTo("users.yaml");
            assertThat(e).hasMessageContaining("users.yaml").hasMessageNotContaining("Exception");
        }
    }

    @ParameterizedTest
    @MethodSource("replaced")
    void purgeFindsOutWhetherAGatewayRuns(String file, FileKind kind) throws Exception {
        kind.replace(state.resolve(file));

        try (AutoCloseable hold = Leftovers.hold(state).orElseThrow()) {
            assertThat(file).isNotEqualTo("lock");
            assertThat(hold).isNotNull();
        } catch (java.io.IOException e) {
            assertThat(file).isEqualTo("lock");
        }
    }
}
