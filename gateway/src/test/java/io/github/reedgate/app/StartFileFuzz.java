package io.github.reedgate.app;

import io.github.reedgate.fuzz.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Fuzz target: whatever stands in the start file, the gateway starts with a number above all that are known. */
public final class StartFileFuzz {

    private static final long FLOOR = 4_711;
    private static final Scratch SCRATCH = new Scratch();

    private StartFileFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        SCRATCH.file("start.properties", checked(input));
        try {
            StartFile.Start start =
                    StartFile.begin(SCRATCH.folder(), new StartFile.Floor(FLOOR, 3), StartFile.EARLIEST, 1);
            if (start.facts().firstSeq() <= FLOOR) {
                throw new IllegalStateException("number " + start.facts().firstSeq() + " was used before");
            }
            start.file().stopped(start.facts().firstSeq());
        } catch (IOException e) {
            // the disk
        }
    }

    /** The input with the right check behind it, unless it has one: else none but damaged files would be tried. */
    private static byte[] checked(byte[] input) {
        String lines = new String(input, StandardCharsets.ISO_8859_1);
        if (lines.contains("check=")) {
            return input;
        }
        CRC32 crc = new CRC32();
        crc.update(input);
        return String.format("%scheck=%08x%n", lines, crc.getValue()).getBytes(StandardCharsets.ISO_8859_1);
    }
}
