package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.reedgate.testdisk.FailingDisk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every single call that opening, committing and closing make of the disk fails, once and from then on. */
@Tag("brokerless")
class StoreOnFailingDiskIT {

    private static final int LIMIT_SECONDS = 300;

    @TempDir(factory = MemoryFolder.class)
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** Not in memory, as nothing may be executed there on some machines. */
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path tools;

    @Test
    void whatWasCommittedIsThereWhicheverCallFailed() throws Exception {
        Optional<String> whyNot = FailingDisk.whyNot();
        assumeTrue(whyNot.isEmpty(), whyNot::orElseThrow);
        FailingDisk disk = FailingDisk.in(tools);
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EveryCallFails.class.getName(),
                        folder.resolve("calls").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(disk.environment("/calls/store/"));
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();

        String said = Files.readString(output, StandardCharsets.UTF_8);
        String end = said.substring(Math.max(0, said.length() - 3_000));
        assertThat(ended).as("ended within %s s: %s", LIMIT_SECONDS, end).isTrue();
        assertThat(process.waitFor()).as(end).isZero();
        assertThat(said.lines().filter(line -> line.matches("(WRITE|SYNC|TORN|READ|OPEN) .* once [1-9]\\d*")))
                .as("kinds of calls that failed")
                .hasSizeGreaterThanOrEqualTo(8);
    }
}
