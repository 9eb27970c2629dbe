package io.github.reedgate.monitor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.config.MonitorReader;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.notify.Dispatch;
import io.github.reedgate.notify.Inquiry;
import io.github.reedgate.notify.Post;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supervision starts whatever its files look like, and says what it could not read. */
class DamagedFilesTest {

    @TempDir
    private Path folder = Path.of("");

    private final List<OwnEvent> reports = new ArrayList<>();
    private @SuppressWarnings("NullAway.Init") MonitorConfig config;
    private @SuppressWarnings("NullAway.Init") Path state;

    @BeforeEach
    void configure() throws Exception {
        Path file = folder.resolve("m.yaml");
        Files.writeString(file, "monitor:\n  id: main\nstate_dir: state\nbroker:\n  url: mqtt://127.0.0.1:1\n");
        config = MonitorReader.read(file);
        state = Files.createDirectories(folder.resolve("state"));
    }

    private SupervisionThread start() throws IOException {
        Post nobody = new Post() {
            @Override
            public void send(Dispatch dispatch) {}

            @Override
            public void ask(Inquiry inquiry) {}
        };
        return Watching.of(
                config, (topic, payload, retain) -> CompletableFuture.completedFuture(true), reports::add, nobody);
    }

    private void damage(String name, byte[] content) throws IOException {
        Path file = state.resolve(name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, content);
        reports.clear();
        start();

        assertThat(reports).as(name).hasSize(1);
        OwnEvent report = reports.get(0);
        assertThat(report.type()).isEqualTo(OwnEvent.Type.FILE_DAMAGED);
        assertThat(report.message()).contains(file.toString());
        Path aside = Path.of(String.valueOf(report.more().get("moved_to")));
        assertThat(aside).hasBinaryContent(content);
        assertThat(file).doesNotExist();
        reports.clear();
        start();
        assertThat(reports).isEmpty();
    }

    @Test
    void damagedStateDoesNotStopTheStart() throws IOException {
        damage("supervision.json", new byte[] {(byte) 0xFF});
        damage("supervision.json", new byte[0]);
        damage("supervision.json", "{\"version\":1,\"next_seq\":8,\"gatew".getBytes(StandardCharsets.UTF_8));
        assertThat(state.resolve("supervision.json.damaged-3")).exists();
    }

    @Test
    void damagedNoticesDoNotStopTheStart() throws IOException {
        damage("notices/3.json", new byte[] {(byte) 0xFF});
        damage("notices/4.json", new byte[0]);
        damage("notices/5.json", "{\"target\":\"pho".getBytes(StandardCharsets.UTF_8));
        damage("notices/6.json", new byte[70_000]);
    }

    @Test
    void foldersAndFilesInEachOthersPlaceDoNotStopTheStart() throws IOException {
        Files.createDirectories(state.resolve("supervision.json/in-it"));
        Files.writeString(state.resolve("notices"), "no folder");
        start();

        assertThat(reports)
                .extracting(OwnEvent::type)
                .containsExactly(OwnEvent.Type.FILE_DAMAGED, OwnEvent.Type.FILE_DAMAGED);
        assertThat(state.resolve("supervision.json.damaged/in-it")).isDirectory();
        assertThat(state.resolve("notices.damaged")).hasContent("no folder");
        Files.createDirectories(state.resolve("notices/9.json"));
        reports.clear();
        start();
        assertThat(reports).hasSize(1);
        assertThat(state.resolve("notices/9.json.damaged")).isDirectory();
    }
}
