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
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    RowCheck number(long value) {
        crc.update(number.putLong(0, value).array());
        return this;
    }

    RowCheck flag(boolean value) {
        return number(value ? 1 : 0);
    }

    RowCheck text(@Nullable String value) {
        if (value == null) {
            return length(-1);
        }
        return utf8(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A text that is at hand as its UTF-8. */
    RowCheck utf8(byte[] text) {
        length(text.length);
        crc.update(text);
        return this;
    }

    private RowCheck length(int bytes) {
        crc.update(number.putInt(0, bytes).array(), 0, Integer.BYTES);
        return this;
    }

    /** The check of all that was added. */
    long value() {
        return crc.getValue();
    }
}
