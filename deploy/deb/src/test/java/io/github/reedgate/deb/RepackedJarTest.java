package io.github.reedgate.deb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;

/** Jar files that differ in permissions and times only. */
final class RepackedJarTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private static byte[] jar(int mode, long timeMillis) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (String name : new String[] {"META-INF/", "META-INF/MANIFEST.MF", "b", "a"}) {
                ZipArchiveEntry entry = new ZipArchiveEntry(name);
                entry.setUnixMode(mode);
                entry.setTime(timeMillis);
                zip.putArchiveEntry(entry);
                zip.write(name.endsWith("/") ? new byte[0] : name.getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void builderLeavesNoTrace() throws IOException {
        byte[] one = jar(0644, 1_700_000_000_000L);
        byte[] other = jar(0640, 1_800_000_000_000L);
        assertThat(one).isNotEqualTo(other);
        assertThat(RepackedJar.of(one, TIME)).isEqualTo(RepackedJar.of(other, TIME));
    }

    @Test
    void namesOrderAndContentsStay() throws IOException {
        byte[] packed = RepackedJar.of(jar(0644, 1_700_000_000_000L), TIME);
        StringBuilder found = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packed))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                found.append(entry.getName()).append('=');
                found.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8))
                        .append(' ');
            }
        }
        assertThat(found).hasToString("META-INF/= META-INF/MANIFEST.MF=META-INF/MANIFEST.MF b=b a=a ");
    }
}
