package io.github.reedgate.app;

import io.github.reedgate.core.GatewaySettings.StartFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this start's events are numbered.
 *
 * @param guard keeps the numbers from repeating
 * @param facts for the core
 */
record Numbering(StartFile guard, StartFacts facts) {

    private static final Logger LOG = LoggerFactory.getLogger(Numbering.class);

    /**
     * Begins; blocks for a disk write. Without a disk the numbers come from the wall clock until one is there.
     *
     * @param folder the state folder
     * @param found what the store knows of the time before
     */
    static Numbering begin(Path folder, DurableStorage.Found found) {
        StartFile.Floor floor = found.floor();
        Instant now = Instant.now();
        long seed = new SecureRandom().nextLong();
        try {
            StartFile.Start start = StartFile.begin(folder, floor, now, seed);
            return new Numbering(start.file(), start.facts().withBefore(found.before()));
        } catch (IOException e) {
            StartFile.Start start = StartFile.unwritten(folder, floor, now, seed);
            LOG.error(
                    "state_dir {} can't be written: {}; the gateway goes on without it, its events are numbered from {}",
                    folder,
                    e.toString(),
                    start.facts().firstSeq());
            return new Numbering(start.file(), start.facts().withBefore(found.before()));
        }
    }
}
