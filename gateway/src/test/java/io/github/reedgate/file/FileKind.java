package io.github.reedgate.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What may lie in the place of a file that a program is about to open. */
public enum FileKind {

    /** Whoever opens it waits for somebody at its other end. */
    PIPE {
        @Override
        public void put(Path place) throws Exception {
            Process made = new ProcessBuilder("mkfifo", place.toString()).start();
            assertThat(made.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(made.exitValue()).isZero();
        }
    },

    /** It never ends. */
    LINK_TO_ENDLESS_DEVICE {
        @Override
        public void put(Path place) throws Exception {
            Files.createSymbolicLink(place, Path.of("/dev/zero"));
        }
    },

    /** It is always empty. */
    LINK_TO_EMPTY_DEVICE {
        @Override
        public void put(Path place) throws Exception {
            Files.createSymbolicLink(place, Path.of("/dev/null"));
        }
    },

    /** Nobody listens at it. */
    SOCKET {
        @Override
        public void put(Path place) throws Exception {
            Path bound = Path.of(System.getProperty("java.io.tmpdir"), "socket-" + System.nanoTime());
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(bound));
                Files.move(bound, place);
            }
        }
    },

    /** Nothing is in it. */
    FOLDER {
        @Override
        public void put(Path place) throws Exception {
            Files.createDirectory(place);
        }
    },

    /** It can't just be removed. */
    FILLED_FOLDER {
        @Override
        public void put(Path place) throws Exception {
            Files.writeString(Files.createDirectory(place).resolve("inside"), "");
        }
    },

    /** Whoever makes a file makes it elsewhere. */
    LINK_TO_NOTHING {
        @Override
        public void put(Path place) throws Exception {
            Files.createSymbolicLink(place, place.resolveSibling("elsewhere"));
        }
    },

    /** It never arrives. */
    LINK_TO_ITSELF {
        @Override
        public void put(Path place) throws Exception {
            Files.createSymbolicLink(place, place);
        }
    };

    /** Puts it where nothing is. */
    public abstract void put(Path place) throws Exception;

    /** Puts it in the place of a file. */
    public void replace(Path file) throws Exception {
        remove(file);
        put(file);
    }

    private static void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
