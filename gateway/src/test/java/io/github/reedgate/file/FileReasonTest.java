package io.github.reedgate.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** Why something could not be done with a file, without a word of a programmer's. */
final class FileReasonTest {

    @Test
    void reasonsAreSentences() {
        assertThat(FileReason.of(new NoSuchFileException("/a"))).isEqualTo("there is no /a");
        assertThat(FileReason.of(new AccessDeniedException("/a")))
                .startsWith("user ")
                .endsWith(" is not allowed to");
        assertThat(FileReason.of(new FileAlreadyExistsException("/a"))).isEqualTo("/a is there already");
        assertThat(FileReason.of(new DirectoryNotEmptyException("/a"))).isEqualTo("/a is a folder with files in it");
        assertThat(FileReason.of(new FileSystemException("/a", null, "Not a directory")))
                .isEqualTo("Not a directory");
        assertThat(FileReason.of(new FileSystemException("/a", null, "Too many levels of symbolic links or so")))
                .isEqualTo("it is a link that leads to itself");
        assertThat(FileReason.of(new FileSystemException("/a"))).isEqualTo("/a");
        assertThat(FileReason.of(new IOException("No space left on device"))).isEqualTo("No space left on device");
        assertThat(FileReason.of(new IOException())).isEqualTo("IOException");
    }
}
