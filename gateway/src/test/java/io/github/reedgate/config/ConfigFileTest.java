package io.github.reedgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be read as text, and limits on what is. */
final class ConfigFileTest {

    @TempDir
    private Path folder = Path.of("");

    private static String refusal(Path file) {
        return String.valueOf(refused(file).getMessage());
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("r.yaml"), content);
    }

    private static String broken(String text) {
        return String.valueOf(catchThrowableOfType(ConfigException.class, () -> new ConfigReader().read(text, "r.yaml"))
                .getMessage());
    }

    @Test
    void missingFileIsToldWithTheWayOut() {
        Path file = folder.resolve("none.yaml");
        assertThat(refusal(file))
                .isEqualTo(
                        file + ": does not exist; copy reedgate.example.yaml there and change it, or name another file"
                                + " with --config");
    }

    /** There is a file in Linux of which no byte can be read. */
    @Test
    void failureOfTheDiskSaysNothingOfTheFile() throws IOException {
        ConfigException e = refused(Path.of("/proc/self/mem"));
        assertThat(e).hasMessage("/proc/self/mem: cannot be read: Input/output error");
        assertThat(e.mayPass()).isTrue();
    }

    @Test
    void whatIsWrongOrNoFileStaysSo() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), folder.resolve("none.yaml"));
        Path file = file("gateway: {}\n".getBytes(StandardCharsets.UTF_8));
        byte[] bytes = new byte[ConfigFile.MAX_BYTES + 1];
        Path large = Files.write(folder.resolve("large.yaml"), bytes);
        assertThat(List.of(file, large, link, folder, file.resolve("r.yaml"), Path.of("/dev/zero")))
                .allSatisfy(wrong -> assertThat(refused(wrong).mayPass()).isFalse());
    }

    private static ConfigException refused(Path file) {
        return catchThrowableOfType(ConfigException.class, () -> new ConfigReader().read(file));
    }

    @Test
    void folderIsRefused() {
        assertThat(refusal(folder)).isEqualTo(folder + ": is a folder; name the file in it");
    }

    @Test
    void pathThroughAFileIsRefused() throws IOException {
        Path file = file(new byte[0]).resolve("below");
        assertThat(refusal(file)).isEqualTo(file + ": cannot be read: Not a directory");
    }

    @Test
    void fileOfAnotherUserIsToldWithTheWayOut() {
        assertThat(ConfigFile.reason(new AccessDeniedException("r.yaml"), "reedgate.example.yaml"))
                .isEqualTo(
                        "may not be read by this user; give its group the right to (chmod g+r) or run as the gateway's"
                                + " user");
    }

    @Test
    void latin1IsRefusedAtTheFirstSuchByte() throws IOException {
        Path file = file("gateway:\n  id: home\n  name: Grün\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusal(file)).isEqualTo(file + ":3:11: byte 0xfc is not UTF-8; save the file as UTF-8");
    }

    @Test
    void sequenceCutOffAtTheEndIsRefused() throws IOException {
        Path file = file(new byte[] {'a', ':', ' ', (byte) 0xe2, (byte) 0x82});
        assertThat(refusal(file)).isEqualTo(file + ":1:4: byte 0xe2 is not UTF-8; save the file as UTF-8");
    }

    @Test
    void utf16IsRefused() throws IOException {
        Path file = file("gateway: {}".getBytes(StandardCharsets.UTF_16));
        assertThat(refusal(file)).isEqualTo(file + ":1:1: byte 0xfe is not UTF-8; save the file as UTF-8");
    }

    @Test
    void fileLargerThanTheLimitIsRefusedAndOneOfItsSizeIsRead() throws Exception {
        byte[] content = new byte[ConfigFile.MAX_BYTES + 1];
        Arrays.fill(content, (byte) '#');
        Path file = file(content);
        assertThat(refusal(file)).isEqualTo(file + ": is larger than 256 KiB: this is no configuration");
        byte[] good = "gateway: {id: a}\nbroker: {url: 'mqtts://h'}\nsensors: {a: {line: 1}}\n#"
                .getBytes(StandardCharsets.UTF_8);
        System.arraycopy(good, 0, content, 0, good.length);
        Path largest = file(Arrays.copyOf(content, ConfigFile.MAX_BYTES));
        assertThat(new ConfigReader().read(largest).gatewayId()).isEqualTo("a");
    }

    @Test
    void windowsLineEndsAreReadAndCounted() {
        assertThat(broken("gateway: {id: home}\r\nbroker: {url: 'mqtts://h'}\r\nsensors:\r\n  a: {line: 99}\r\n"))
                .isEqualTo(
                        "r.yaml:4:13: sensors.a.line: '99' is out of range; allowed: 0 to 53 (the BCM number, not the"
                                + " header pin)");
    }

    @Test
    void columnsAreCountedInCharactersNotInUtf16Units() {
        assertThat(broken("gateway: {id: a, name: '🚪🚪'}\nbroker: {user: '🚪', url: x}\nsensors: {a: {line: 1}}"))
                .startsWith("r.yaml:2:26: broker.url: 'x' has no scheme");
    }

    @Test
    void thirtyThirdSensorIsOneTooMany() {
        StringBuilder text = new StringBuilder("gateway: {id: a}\nbroker: {url: 'mqtts://h'}\nsensors:\n");
        for (int i = 0; i < 33; i++) {
            text.append("  s").append(i).append(": {line: ").append(i).append("}\n");
        }
        assertThat(broken(text.toString()))
                .isEqualTo("r.yaml:36:3: sensors.s32: is sensor 33; allowed: 1 to 32 sensors");
    }

    @Test
    void manyAliasesAreRefused() {
        String text = "a: &a [1]\nb: [" + "*a, ".repeat(65) + "]\n";
        assertThat(broken(text)).isEqualTo("r.yaml:2:261: more than 64 aliases: this is no configuration");
    }

    @Test
    void exceptionCarriesEveryProblem() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new ConfigReader().read("{}", "r.yaml"))
                .satisfies(e -> assertThat(e.problems()).hasSize(3));
    }
}
