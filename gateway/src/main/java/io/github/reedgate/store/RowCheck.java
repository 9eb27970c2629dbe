package io.github.reedgate.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The check of one row: CRC-32 over its columns in their order, a number as 8 bytes, a text as its length in bytes (4 bytes, -1
 * for NULL) and its UTF-8. Used by one thread for one row.
 */
final class RowCheck {

    private final CRC32 crc = new CRC32();

    RowCheck number(long value) {
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, value));
        return this;
    }

    RowCheck flag(boolean value) {
        return number(value ? 1 : 0);
    }

    RowCheck text(@Nullable String value) {
        if (value == null) {
            crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, -1));
            return this;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        crc.update(bytes);
        return this;
    }

    /** The check of all that was added. */
    long value() {
        return crc.getValue();
    }
}
