package io.github.reedgate.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the machine's time zone was changed after a gateway started: Java reads it once. Immutable.
 *
 * @param changed when the zone was set last; empty if that is not known
 * @param started when the gateway that runs was started; empty if none runs or that is not known
 */
record ZoneChange(Optional<Instant> changed, Optional<Instant> started) {

    /** Looks at the files that say the zone, and at the gateway's process. */
    static ZoneChange look(Path root, RunningGateway running) {
        Optional<Instant> changed = Stream.of("etc/localtime", "etc/timezone")
                .flatMap(file -> written(root.resolve(file)).stream())
                .max(Instant::compareTo);
        return new ZoneChange(changed, running.process().flatMap(ZoneChange::start));
    }

    /** When a file was written, or a link was set. */
    private static Optional<Instant> written(Path file) {
        try {
            return Optional.of(
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> start(String process) {
        try {
            return ProcessHandle.of(Long.parseLong(process))
                    .flatMap(handle -> handle.info().startInstant());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The same finding, or a warning instead of an {@code ok} if the gateway has the former zone. */
    Finding added(Finding clock) {
        boolean isOld = started.isPresent()
                && changed.filter(time -> time.isAfter(started.get())).isPresent();
        return isOld && clock.status() == Status.OK
                ? Finding.warn(
                        clock.check(),
                        clock.seen()
                                + "; the time zone was set after the gateway started, and it goes by the one before",
                        "start it again: sudo systemctl restart reedgate")
                : clock;
    }
}
