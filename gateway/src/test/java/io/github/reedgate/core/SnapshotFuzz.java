package io.github.reedgate.core;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Fuzz target: a stored snapshot, and each text from before there were any, is read part by part; what is read can be written and read. */
public final class SnapshotFuzz {

    private static final List<String> FORMER =
            List.of("panel", "panel_lost", "notice_plan", "left_open", "troubles", "failed_codes", "used_nonces");

    private SnapshotFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        writtenAndRead(SnapshotJson.read(text, ""));
        writtenAndRead(SnapshotJson.read("", text));
        FORMER.forEach(name -> writtenAndRead(Snapshots.former(name, text)));
    }

    private static void writtenAndRead(GatewaySnapshot snapshot) {
        GatewaySnapshot again = Snapshots.of(SnapshotJson.write(snapshot));
        if (!Objects.equals(again, snapshot)) {
            throw new IllegalStateException("written as " + again + " instead of " + snapshot);
        }
    }
}
