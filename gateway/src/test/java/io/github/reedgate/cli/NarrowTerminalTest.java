package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.store.LogSamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What commands print for people on terminals of 40 to 200 columns: every line fits, and nothing of it is lost. */
final class NarrowTerminalTest {

    private static final int[] COLUMNS = {40, 41, 60, 79, 80, 120, 200};

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void furnish() throws Exception {
        Path state = Files.createDirectory(folder.resolve("state"));
        LogSamples.keepUsual(state);
        Files.writeString(folder.resolve("config.yaml"), """
                gateway: {id: home, name: 'The house at the end of the very long road behind the hill'}
                state_dir: %s
                broker: {url: 'mqtt://localhost:1'}
                alarm: {home: {entry_delay: 20s}, away: {exit_delay: 45s, entry_delay: 30s}}
                sensors:
                  front_door: {line: 17, name: 'The front door with the broken window, 厨房'}
                  shed: {line: 27, pull: none, external_pull: up, contact: normally_closed}
                  key_box: {line: 22, loop: {line: 23, kind: pair}}
                outputs: {siren: {type: siren, line: 5}}
                """.formatted(state));
    }

    static Stream<String> calls() {
        return Stream.of(
                "check -c CONFIG",
                "log -c CONFIG",
                "outbox -c CONFIG",
                "doctor -c CONFIG --only config,users",
                "explain front_door -c CONFIG --mode away --for 20m",
                "status -c CONFIG",
                "user list -c CONFIG",
                "watch --count 0",
                "log --since never");
    }

    private String printed(String call, int columns) {
        Printed shown = new Printed();
        String[] words =
                call.replace("CONFIG", folder.resolve("config.yaml").toString()).split(" ", -1);
        int code = StandardStreams.ofTerminal(shown, shown, columns).run(words);
        assertThat(code).as("%s", shown).isNotEqualTo(ExitCode.CONFIG);
        return shown.toString();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyLineFitsAndNothingIsLost(String call) {
        String whole = printed(call, Integer.MAX_VALUE);
        assertThat(whole).isNotBlank();
        for (int columns : COLUMNS) {
            String folded = printed(call, columns);
            assertThat(folded.lines()).as("%d columns", columns).allMatch(line -> Folded.width(line) <= columns);
            assertThat(folded.replaceAll("\\s", "")).as("%d columns", columns).isEqualTo(whole.replaceAll("\\s", ""));
        }
    }

    @Test
    void jsonIsNeverFolded() {
        assertThat(printed("outbox -c CONFIG --json", 40))
                .hasLineCount(1)
                .isEqualTo(printed("outbox -c CONFIG --json", 200));
        assertThat(printed("log -c CONFIG --json", 40)).isEqualTo(printed("log -c CONFIG --json", 200));
    }
}
