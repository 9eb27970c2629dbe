package io.github.reedgate.monitor.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.config.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/monitor.md says of the configuration, against the configuration itself. */
class MonitorDocumentTest {

    private static final Path PAGE = Path.of("../../docs/monitor.md");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(.*?)```");

    @Test
    void pageHasEachKeyOfTheMonitorWithItsDefaultAndRange() throws Exception {
        String page = Files.readString(PAGE);
        for (Key<?> key : MonitorKeys.TABLE.keys()) {
            if (!key.path().startsWith("broker.")) {
                String otherwise = key.defaultText().isEmpty() ? "required" : key.defaultText();
                if (key.defaultValue().isPresent()) {
                    otherwise = "`" + otherwise + "`";
                }
                assertThat(page)
                        .contains("| `" + key.path() + "` | " + otherwise + " | "
                                + key.type().allowed() + " | " + key.meaning() + " |");
            }
        }
    }

    @Test
    void everyConfigurationOfThePageIsValid() throws Exception {
        List<String> blocks = YAML.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(blocks).hasSize(2);
        for (String block : blocks) {
            assertThat(MonitorReader.read(block, "block.yaml").id()).isEqualTo("main");
        }
    }
}
