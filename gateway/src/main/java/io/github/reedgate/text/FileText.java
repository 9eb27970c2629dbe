package io.github.reedgate.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The gate for small files that people wrote with an editor: UTF-8, with or without the byte order mark of Windows, or UTF-16
 * with one. Stateless.
 */
public final class FileText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private FileText() {}

    /**
     * The text of a file, without a byte order mark.
     *
     * @throws IOException if it is neither UTF-8 nor UTF-16; its message goes on after the file's name and holds nothing of it
     */
    public static String decode(byte[] content) throws IOException {
        if (looksLikeUtf16(content)) {
            throw new IOException("is UTF-16 without a byte order mark; save it as UTF-8");
        }
        try {
            String text = strict(charset(content), content);
            return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IOException("is not UTF-8 text; save it as UTF-8", e);
        }
    }

    /** Whether a file begins with the mark of UTF-16. */
    public static boolean hasUtf16Mark(byte[] content) {
        return begins(content, 0xFF, 0xFE) || begins(content, 0xFE, 0xFF);
    }

    /** Whether nearly every other byte of a file is NUL, as in UTF-16 of plain letters without a mark. */
    public static boolean looksLikeUtf16(byte[] content) {
        if (content.length < 2 || content.length % 2 != 0 || hasUtf16Mark(content)) {
            return false;
        }
        for (int half = 0; half < 2; half++) {
            int nuls = 0;
            int others = 0;
            for (int i = 0; i < content.length; i += 2) {
                nuls += content[i + half] == 0 ? 1 : 0;
                others += content[i + 1 - half] == 0 ? 0 : 1;
            }
            if (8 * nuls >= 3 * content.length && others == content.length / 2) {
                return true;
            }
        }
        return false;
    }

    private static Charset charset(byte[] content) {
        if (begins(content, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        return begins(content, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    private static boolean begins(byte[] content, int first, int second) {
        return content.length >= 2 && (content[0] & 0xFF) == first && (content[1] & 0xFF) == second;
    }

    private static String strict(Charset charset, byte[] content) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    }
}
