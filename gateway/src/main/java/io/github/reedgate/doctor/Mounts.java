package io.github.reedgate.doctor;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The mounted file systems. Immutable.
 *
 * @param all as in {@code /proc/mounts}
 */
record Mounts(List<Mount> all) {

    /** Copies the list. */
    Mounts {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param point where
     * @param type ext4, tmpfs, …
     * @param options rw, noexec, …
     */
    record Mount(Path point, String type, List<String> options) {}

    /** Reads {@code proc/mounts}. */
    static Mounts read(Path root) {
        return new Mounts(SmallFile.text(root.resolve("proc/mounts"))
                .lines()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields.length > 3)
                .map(fields -> new Mount(
                        Path.of(fields[1].replace("\\040", " ")), fields[2], Arrays.asList(fields[3].split(",", -1))))
                .toList());
    }

    /** The one a path is on: the last with the longest mount point. */
    Optional<Mount> of(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        Optional<Mount> best = Optional.empty();
        for (Mount mount : all) {
            boolean isLonger = best.isEmpty()
                    || mount.point().getNameCount() >= best.get().point().getNameCount();
            if (whole.startsWith(mount.point()) && isLonger) {
                best = Optional.of(mount);
            }
        }
        return best;
    }
}
