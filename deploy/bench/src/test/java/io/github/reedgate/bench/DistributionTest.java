package io.github.reedgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the measurement reads from the start script, against the script itself. */
final class DistributionTest {

    @Test
    void optionsOfTheStartScriptAreFound() {
        assertThat(new Distribution(Path.of("..", "dist", "src", "dist")).jvmOptions())
                .contains("-XX:+UseSerialGC", "-Xmx96m", "-XX:TieredStopAtLevel=1", "-cp")
                .filteredOn(option -> option.startsWith("-X"))
                .hasSizeBetween(4, 10);
    }
}
