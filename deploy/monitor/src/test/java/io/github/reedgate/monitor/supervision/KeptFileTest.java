package io.github.reedgate.monitor.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a file that the monitor kept and can't read. */
class KeptFileTest {

    @TempDir
    private Path folder = Path.of("");

    private Path file() {
        return folder.resolve("7.json");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsNotThereIsNoDamage() throws IOException {
        assertThat(KeptFile.text(file(), 10)).isEmpty();
    }

    @Test
    void aByteThatIsNoUtf8IsDamage() throws IOException {
        Files.write(file(), new byte[] {'{', (byte) 0xFF, '}'});
        assertThatThrownBy(() -> KeptFile.text(file(), 10))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void whatIsTooLongIsDamage() throws IOException {
        Files.writeString(file(), "12345678901");
        assertThatThrownBy(() -> KeptFile.text(file(), 10)).isInstanceOf(DamagedFileException.class);
        Files.writeString(file(), "1234567890");
        assertThat(KeptFile.text(file(), 10)).contains("1234567890");
    }

    @Test
    void aFolderOrALinkToNothingInItsPlaceIsDamageAndIsMoved() throws IOException {
        Files.createDirectories(file().resolve("in-it"));
        assertThatThrownBy(() -> KeptFile.text(file(), 10)).isInstanceOf(DamagedFileException.class);
        assertThat(KeptFile.moveAside(file()).resolve("in-it")).isDirectory();

        Files.createSymbolicLink(file(), folder.resolve("nothing"));
        assertThatThrownBy(() -> KeptFile.text(file(), 10)).isInstanceOf(DamagedFileException.class);
        KeptFile.moveAside(file());
        assertThat(Files.notExists(file(), LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void aFileThatThisUserMayNotReadIsNoDamageAndStays() throws IOException {
        Files.writeString(file(), "precious");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(file()), "root may read all");

        assertThatThrownBy(() -> KeptFile.text(file(), 10))
                .isNotInstanceOf(DamagedFileException.class)
                .hasMessageContaining(file() + " may not be read by user ")
                .hasMessageContaining("chown");
        assertThat(names()).containsExactly("7.json");
    }

    @Test
    void noDamagedFileIsOverwrittenAndTheFirstIsRemovedOnceThereAreTooMany() throws IOException {
        for (int number = 1; number <= KeptFile.MOST_DAMAGED; number++) {
            Files.writeString(file(), "damage " + number);
            Path aside = KeptFile.moveAside(file());
            assertThat(aside).hasFileName(number == 1 ? "7.json.damaged" : "7.json.damaged-" + number);
        }
        assertThat(names()).hasSize(KeptFile.MOST_DAMAGED);
        assertThat(folder.resolve("7.json.damaged")).hasContent("damage 1");
        Files.writeString(folder.resolve("history.db.damaged-1"), "of somebody else");
        Files.writeString(file(), "the last");
        Path last = KeptFile.moveAside(file());

        assertThat(last).hasContent("the last");
        assertThat(names())
                .hasSize(KeptFile.MOST_DAMAGED + 1)
                .doesNotContain("7.json.damaged")
                .contains("history.db.damaged-1");
    }

    @Test
    void aFileThatCantBeMovedAsideIsSaidWithItsName() {
        assertThatThrownBy(() -> KeptFile.moveAside(folder.resolve("missing/7.json")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("7.json is damaged and can't be moved aside");
    }

    @Test
    void aPipeInItsPlaceDoesNotHoldTheStartUp() throws Exception {
        Process made = new ProcessBuilder("mkfifo", file().toString()).start();
        assertThat(made.waitFor()).isZero();
        assertThatThrownBy(() -> KeptFile.text(file(), 10)).isInstanceOf(DamagedFileException.class);
        assertThat(KeptFile.moveAside(file())).exists();
    }

    @Test
    void textIsReadAsItWasWritten() throws IOException {
        Files.write(file(), "Tür".getBytes(StandardCharsets.UTF_8));
        assertThat(KeptFile.text(file(), 10)).contains("Tür");
    }
}
