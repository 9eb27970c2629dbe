package io.github.reedgate.secrets;

import io.github.reedgate.text.FileText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM file (RFC 7468): {@code -----BEGIN LABEL-----}, base64, {@code -----END LABEL-----}; whatever stands
 * between blocks is a comment. Immutable.
 *
 * @param what what the file is, for messages: {@code CA file}
 * @param path the file
 * @param blocks its blocks in order; never empty
 */
record PemFile(String what, Path path, List<Block> blocks) {

    private static final int LIMIT_BYTES = 1024 * 1024;
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 #]+)-----");

    /** The three bytes of UTF-8, each read as a character. */
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    /**
     * One block.
     *
     * @param label its label: {@code CERTIFICATE}, {@code PRIVATE KEY}, …
     * @param line line of its BEGIN, from 1
     * @param der the decoded bytes; empty for a block with headers, as old encrypted keys have them
     */
    @SuppressWarnings("ArrayRecordComponent") // private to this package's reading, never compared
    record Block(String label, int line, byte[] der) {

        /** The label and line only: the bytes may be a key. */
        @Override
        public String toString() {
            return label + " in line " + line;
        }
    }

    /**
     * Reads a file; blocks for the disk only.
     *
     * @throws SecretException if it can't be read, has no block, or a block is cut short or is not base64
     */
    static PemFile read(String what, Path path) throws SecretException {
        List<String> lines = decode(what + " " + path, SecretFile.read(what, path, LIMIT_BYTES))
                .lines()
                .map(PemFile::trimmed)
                .toList();
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher begin = BEGIN.matcher(lines.get(i));
            if (begin.matches()) {
                String label = begin.group(1);
                int end = endOf(what + " " + path, lines, i, label);
                blocks.add(new Block(label, i + 1, decode(what + " " + path, lines.subList(i, end), i + 1)));
                i = end;
            } else if (lines.get(i).startsWith("-----BEGIN")) {
                throw new SecretException(what + " " + path + ": line " + (i + 1)
                        + " begins a block, but not as '-----BEGIN …-----' does; copy the file again");
            }
        }
        if (blocks.isEmpty()) {
            throw new SecretException(what + " " + path
                    + " has no '-----BEGIN …-----' line, so it is not PEM; convert a DER certificate with: "
                    + "openssl x509 -inform der -in FILE -out FILE.pem, a PKCS#12 file (.p12, .pfx) with: "
                    + "openssl pkcs12 -in FILE -nodes -out FILE.pem");
        }
        return new PemFile(what, path, List.copyOf(blocks));
    }

    /** The blocks with this label, in order; may be empty. */
    List<Block> withLabel(String label) {
        return blocks.stream().filter(block -> block.label().equals(label)).toList();
    }

    /** A failure that names this file. */
    SecretException failure(String problem, Throwable cause) {
        return new SecretException(what + " " + path + " " + problem, cause);
    }

    /** A failure that names this file. */
    SecretException failure(String problem) {
        return new SecretException(what + " " + path + " " + problem);
    }

    /** PEM is ASCII; only what stands between the blocks may be in another encoding. */
    private static String decode(String where, byte[] content) throws SecretException {
        if (FileText.looksLikeUtf16(content) || FileText.hasUtf16Mark(content)) {
            try {
                return FileText.decode(content);
            } catch (IOException e) {
                throw new SecretException(where + " " + e.getMessage(), e);
            }
        }
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    /** Without blanks around it and the byte order mark that an editor puts before the first line of each file. */
    private static String trimmed(String line) {
        String stripped = line.strip();
        return stripped.startsWith(BYTE_ORDER_MARK)
                ? stripped.substring(BYTE_ORDER_MARK.length()).strip()
                : stripped;
    }

    private static int endOf(String where, List<String> lines, int begin, String label) throws SecretException {
        String end = "-----END " + label + "-----";
        for (int i = begin + 1; i < lines.size() && !lines.get(i).startsWith("-----BEGIN"); i++) {
            if (lines.get(i).strip().equals(end)) {
                return i;
            }
        }
        throw new SecretException(where + ": the " + label + " in line " + (begin + 1) + " has no '" + end
                + "'; the file was cut short, copy it again");
    }

    private static byte[] decode(String where, List<String> block, int line) throws SecretException {
        StringBuilder base64 = new StringBuilder();
        for (String text : block.subList(1, block.size())) {
            if (text.indexOf(':') >= 0) {
                return new byte[0];
            }
            base64.append(text.strip());
        }
        try {
            return Base64.getDecoder().decode(base64.toString());
        } catch (IllegalArgumentException e) {
            throw new SecretException(
                    where + ": what follows line " + line + " is damaged, it is not base64; copy the file again", e);
        }
    }
}
