package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the note of the start script goes. */
final class ArchiveTrialTest {

    @TempDir
    private Path folder = Path.of("");

    private final List<Runnable> later = new ArrayList<>();
    private final List<Runnable> atTheEnd = new ArrayList<>();

    private Path note() throws IOException {
        return Files.createFile(folder.resolve("note"));
    }

    @Test
    void noteStaysUntilTheProcessHasLivedLongEnough() throws IOException {
        Path note = note();
        new ArchiveTrial(Optional.of(note)).begin(later::add, atTheEnd::add);
        assertThat(note).exists();

        later.forEach(Runnable::run);
        assertThat(note).doesNotExist();
        atTheEnd.forEach(Runnable::run);
        assertThat(note).doesNotExist();
    }

    @Test
    void noteGoesWhenTheProcessEndsInOrder() throws IOException {
        Path note = note();
        new ArchiveTrial(Optional.of(note)).begin(later::add, atTheEnd::add);

        atTheEnd.forEach(Runnable::run);
        assertThat(note).doesNotExist();
    }

    @Test
    void nothingIsAwaitedWithoutANote() {
        new ArchiveTrial(Optional.empty()).begin(later::add, atTheEnd::add);

        assertThat(later).isEmpty();
        assertThat(atTheEnd).isEmpty();
    }

    @Test
    void noteThatCannotBeRemovedEndsNothing() throws IOException {
        Path note = Files.createDirectory(folder.resolve("note"));
        Files.createFile(note.resolve("something"));
        new ArchiveTrial(Optional.of(note)).begin(later::add, atTheEnd::add);

        later.forEach(Runnable::run);
        assertThat(note).exists();
    }
}
