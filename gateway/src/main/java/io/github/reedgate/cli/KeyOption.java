package io.github.reedgate.cli;

import io.github.reedgate.command.SigningKey;
import io.github.reedgate.file.FileReason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What is done with a user's signing key; mix it in with {@code @Mixin}. Owned by one command line. */
final class KeyOption {

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "New file for the key, which only its owner may read (default: it is printed).")
    private @Nullable Path out;

    @Option(names = "--remove", description = "Takes the key away: nothing that it signs is taken any more.")
    private boolean remove;

    private boolean written;

    boolean isWrong() {
        return remove && out != null;
    }

    boolean removes() {
        return remove;
    }

    /** A new key. */
    SigningKey draw() {
        byte[] random = new byte[SigningKey.BYTES];
        new SecureRandom().nextBytes(random);
        return SigningKey.of(random);
    }

    /** Writes it to the file, if one is named; before it is valid, as it is shown once only. */
    void write(SigningKey key) throws IOException {
        if (out == null) {
            return;
        }
        try (OutputStream file = Channels.newOutputStream(Files.newByteChannel(
                out,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))) {
            written = true;
            file.write((key.reveal() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Prints it if no file is named and it is valid; removes the file if it is not valid. */
    void end(boolean valid, SigningKey key, CommandSpec spec) {
        PrintWriter to = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            if (valid && out == null) {
                to.println(key.reveal());
            } else if (valid) {
                to.println("the key is in " + out);
            } else if (written && out != null) {
                Files.deleteIfExists(out);
            }
        } catch (IOException e) {
            err.println("reedgate: " + out + " is of no use and can't be removed: " + FileReason.of(e));
        }
        to.flush();
        err.flush();
    }
}
