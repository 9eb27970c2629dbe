package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.time.ClockEvidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a machine shows about its clock is read from a tree of files. */
final class ClockSyncTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    private Path root;

    private boolean timedatectl;

    private ClockEvidence read() {
        return new ClockSync(root, Clock.fixed(NOW, ZoneOffset.UTC), () -> timedatectl).read();
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void emptyMachineShowsNothing() {
        assertThat(read()).isEqualTo(new ClockEvidence(NOW, false, List.of(), false));
    }

    @Test
    void fileOfTimesyncdSaysThatTheClockIsSynchronised() throws IOException {
        file("run/systemd/timesync/synchronized", "");

        assertThat(read().isSynchronised()).isTrue();
    }

    @Test
    void timedatectlSaysSoOfChronyAndNtpd() {
        timedatectl = true;

        assertThat(read().isSynchronised()).isTrue();
    }

    /** Starting a program takes its time, and signed commands are refused meanwhile. */
    @Test
    void timedatectlIsAskedOnlyIfNothingElseVouchesForTheClock() throws IOException {
        assertThat(isTrusted(() -> true)).isTrue();
        assertThat(isTrusted(() -> false)).isFalse();

        file("sys/class/rtc/rtc0/since_epoch", NOW.getEpochSecond() + "\n");

        assertThat(isTrusted(() -> {
                    throw new AssertionError("timedatectl was asked");
                }))
                .isTrue();
    }

    private boolean isTrusted(BooleanSupplier asked) {
        return new ClockSync(root, Clock.fixed(NOW, ZoneOffset.UTC), asked).isTrusted();
    }

    @Test
    void everyRealTimeClockIsRead() throws IOException {
        file("sys/class/rtc/rtc0/since_epoch", "180\n");
        file("sys/class/rtc/rtc1/since_epoch", NOW.getEpochSecond() + "\n");

        assertThat(read().realTimeClocks()).containsExactlyInAnyOrder(Instant.ofEpochSecond(180), NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "12 34", "99999999999999999999", "999999999999999999"})
    void realTimeClockThatSaysNoTimeSaysNothing(String text) throws IOException {
        file("sys/class/rtc/rtc0/since_epoch", text);
        Files.createDirectories(root.resolve("sys/class/rtc/rtc1"));

        assertThat(read().realTimeClocks()).isEmpty();
    }

    @Test
    void guestIsKnownByTheFlagOfItsProcessor() throws IOException {
        file("proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu vme hypervisor lahf_lm\nprocessor\t: 1\n");

        assertThat(read().isGuest()).isTrue();
    }

    @Test
    void firstSubsystemOfWindowsIsKnownByItsKernel() throws IOException {
        file("proc/sys/kernel/osrelease", "4.4.0-19041-Microsoft\n");

        assertThat(read().isGuest()).isTrue();
    }

    @Test
    void piIsNoGuest() throws IOException {
        file(
                "proc/cpuinfo",
                "processor\t: 0\nFeatures\t: fp asimd evtstrm crc32 cpuid\nModel\t: Raspberry Pi 4 hypervisor\n");
        file("proc/sys/kernel/osrelease", "6.12.47+rpt-rpi-v8\n");

        assertThat(read().isGuest()).isFalse();
    }
}
