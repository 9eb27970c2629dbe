package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A real file system (ext4) in a file, as it is on a Pi's card: after an error the kernel makes it read-only. Needs root and
 * loop devices; a test that asks for it where there are none is skipped. Used by one thread.
 */
final class LoopDisk implements AutoCloseable {

    private static final int CORRECTED = 1;

    private final Path image;
    private final Path mounted;

    private LoopDisk(Path image, Path mounted) {
        this.image = image;
        this.mounted = mounted;
    }

    /** A new one of 16 MB, mounted on that folder. */
    static LoopDisk on(Path folder) throws IOException {
        LoopDisk disk = new LoopDisk(folder.resolveSibling("disk.ext4"), Files.createDirectories(folder));
        assumeTrue(tried("truncate", "-s", "16M", disk.image.toString()), "no truncate here");
        assumeTrue(
                tried("mkfs.ext4", "-q", "-F", disk.image.toString()), "no mkfs.ext4 here: apt-get install e2fsprogs");
        assumeTrue(disk.mount(), "no ext4 can be mounted here: that needs root and loop devices");
        boolean canFail = Files.isWritable(disk.trigger());
        if (!canFail) {
            disk.close();
        }
        assumeTrue(canFail, "the kernel has no " + disk.trigger());
        return disk;
    }

    private boolean mount() {
        return tried("mount", "-o", "loop,errors=remount-ro", image.toString(), mounted.toString());
    }

    /** Writing here makes the kernel believe that it found an error on the disk. */
    private Path trigger() {
        Installation.Ended source =
                Installation.run(List.of("findmnt", "-n", "-o", "SOURCE", mounted.toString()), Map.of());
        Path device = Path.of(source.out().strip());
        return Path.of("/sys/fs/ext4").resolve(device.getFileName()).resolve("trigger_fs_error");
    }

    /** The kernel finds an error: from now on nothing can be written. */
    void fails() {
        try {
            Files.writeString(trigger(), "1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(tried("touch", mounted.resolve("probe").toString()))
                .as("writable")
                .isFalse();
    }

    /** What a reboot does: checks the file system and mounts it again. Nobody may use it. */
    void repaired() {
        assertThat(tried("umount", mounted.toString())).as("unmounted").isTrue();
        int code = Installation.run(List.of("e2fsck", "-fy", image.toString()), Map.of())
                .code();
        assertThat(code).as("e2fsck").isBetween(0, CORRECTED);
        assertThat(mount()).as("mounted again").isTrue();
    }

    private static boolean tried(String... command) {
        try {
            return Installation.run(List.of(command), Map.of()).code() == 0;
        } catch (UncheckedIOException e) {
            return false; // there is no such program
        }
    }

    @Override
    public void close() {
        tried("umount", "--lazy", mounted.toString());
    }
}
