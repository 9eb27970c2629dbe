package io.github.reedgate.config;

import io.github.reedgate.file.NotOrdinaryException;
import io.github.reedgate.file.OrdinaryFile;
import io.github.reedgate.file.SudoHint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file's text: at most 256 KiB of UTF-8. Blocks on the file system. */
final class ConfigFile {

    /** The largest file that is read; a real one has a few hundred lines. */
    static final int MAX_BYTES = 256 * 1024;

    private final Problems problems;
    private final String example;

    /** Reports what is wrong to {@code problems}; {@code example} is the file to begin with if there is none. */
    ConfigFile(Problems problems, String example) {
        this.problems = problems;
        this.example = example;
    }

    /** The text; empty if it cannot be read, which is reported with its reason. */
    Optional<String> read(Path file) {
        if (Files.isDirectory(file)) {
            problems.add("is a folder; name the file in it");
            return Optional.empty();
        }
        try {
            byte[] bytes = OrdinaryFile.headNamed(file, MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                problems.add("is larger than 256 KiB: this is no configuration");
                return Optional.empty();
            }
            return decode(bytes);
        } catch (NoSuchFileException | AccessDeniedException | NotOrdinaryException e) {
            problems.add(reason(e, example));
        } catch (IOException e) {
            problems.addPassing(reason(e, example));
        }
        return Optional.empty();
    }

    /** Why a file cannot be read and what to do about it. */
    static String reason(IOException e, String example) {
        if (e instanceof NoSuchFileException) {
            return "does not exist; copy " + example + " there and change it, or name another file with --config";
        }
        if (e instanceof AccessDeniedException) {
            return "may not be read by this user; give its group the right to (chmod g+r) or run as the gateway's user"
                    + SudoHint.text();
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return "cannot be read: " + Shown.value(String.valueOf(reason));
    }

    private Optional<String> decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            Place place = new Place();
            text.codePoints().forEach(place::pass);
            int bad = bytes[text.toString().getBytes(StandardCharsets.UTF_8).length] & 0xff;
            String what = String.format("byte 0x%02x is not UTF-8; save the file as UTF-8", bad);
            problems.add(place.line(), place.column(), what);
            return Optional.empty();
        }
        return Optional.of(text.toString());
    }
}
