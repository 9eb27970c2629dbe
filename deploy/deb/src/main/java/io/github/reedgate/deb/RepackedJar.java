package io.github.reedgate.deb;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A jar file packed anew, in the same order, without what the building machine has put into it besides the files: Maven
 * stores their permissions, which are those that the builder's umask left. Stateless.
 */
final class RepackedJar {

    private RepackedJar() {}

    /**
     * The jar file's bytes after packing it anew.
     *
     * @param time the time of all entries
     */
    static byte[] of(byte[] jar, Instant time) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream source = new ZipInputStream(new ByteArrayInputStream(jar));
                ZipOutputStream target = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = source.getNextEntry(); entry != null; entry = source.getNextEntry()) {
                ZipEntry plain = new ZipEntry(entry.getName());
                plain.setTimeLocal(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
                target.putNextEntry(plain);
                source.transferTo(target);
                target.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
