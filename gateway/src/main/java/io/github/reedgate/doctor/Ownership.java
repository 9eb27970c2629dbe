package io.github.reedgate.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Whose file it is and what others may do with it. Immutable.
 *
 * @param uid number of the owner
 * @param gid number of the group
 * @param mode the nine bits of permission
 */
record Ownership(long uid, long gid, int mode) {

    /** Reads it; empty if the file is missing or hidden. */
    static Optional<Ownership> of(Path file) {
        try {
            Map<String, Object> all = Files.readAttributes(file, "unix:uid,gid,mode");
            return Optional.of(new Ownership(number(all, "uid"), number(all, "gid"), (int) number(all, "mode") & 0777));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long number(Map<String, Object> all, String name) {
        return all.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** The mode as chmod takes it: {@code 0660}. */
    String octal() {
        return "0" + Integer.toOctalString(mode);
    }
}
