package io.github.reedgate.line.pi4j;

import io.github.reedgate.line.LineException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Loads the native library that Pi4J brings in its jar file. Pi4J would unpack it to the JVM's temporary folder, where a
 * killed process leaves it behind and where {@code noexec} keeps it from being loaded; here it goes into a folder that is
 * removed once the library is loaded. Used by the thread that starts the gateway.
 */
final class NativeLibrary {

    /** Pi4J's own property: a folder that holds both files. Whoever sets it is obeyed. */
    static final String FOLDER_PROPERTY = "pi4j.library.path";

    /** In the order in which they must be loaded. */
    static final List<String> FILES = List.of("libgpiod.so", "libpi4j-gpiod.so");

    private static final Map<String, String> ARCHITECTURES =
            Map.of("aarch64", "aarch64", "arm64", "aarch64", "arm", "armhf");

    private final Loading loading;

    NativeLibrary(Loading loading) {
        this.loading = loading;
    }

    /** What the JVM does with an unpacked library. */
    interface Loading {

        /**
         * Opens a packed file.
         *
         * @param path where it is on the class path
         * @throws IOException if it is not there
         */
        InputStream packed(String path) throws IOException;

        /**
         * Loads a library; an {@link UnsatisfiedLinkError} if it can't.
         *
         * @param file an unpacked library
         */
        void load(Path file);

        /** Lets Pi4J find what was loaded, while the files are still there. */
        void loaded();
    }

    /**
     * Loads the library unless somebody named a folder for Pi4J to take it from; blocks for some 10 ms.
     *
     * @param architecture the JVM's {@code os.arch}
     * @param folders where to unpack it, tried in this order
     * @throws LineException if none of the folders will do
     */
    void load(String architecture, List<Path> folders) throws LineException {
        if (System.getProperty(FOLDER_PROPERTY) != null) {
            return;
        }
        String packed = ARCHITECTURES.get(architecture);
        if (packed == null) {
            throw new LineException("Pi4J's library is there for arm64 and armhf, but this JVM is for " + architecture
                    + "; to try the gateway without a Raspberry Pi: reedgate run --simulate");
        }
        List<String> reasons = new ArrayList<>();
        for (Path folder : folders) {
            try {
                loadFrom(folder, "/lib/" + packed + "/pi4j-gpiod/");
                return;
            } catch (IOException | UnsatisfiedLinkError e) {
                reasons.add("in " + folder + ": " + reason(e));
            }
        }
        throw new LineException(
                "Pi4J's library could not be loaded, " + String.join("; ", reasons) + "; " + fix(reasons));
    }

    private void loadFrom(Path parent, String packed) throws IOException {
        Path unpacked = Files.createTempDirectory(parent, "gpiod-");
        try {
            for (String file : FILES) {
                Path target = unpacked.resolve(file);
                try (InputStream in = loading.packed(packed + file)) {
                    Files.copy(in, target);
                }
                loading.load(target);
            }
            System.setProperty(FOLDER_PROPERTY, unpacked.toString());
            try {
                loading.loaded();
            } finally {
                System.clearProperty(FOLDER_PROPERTY);
            }
        } finally {
            for (String file : FILES) {
                Files.deleteIfExists(unpacked.resolve(file));
            }
            Files.deleteIfExists(unpacked);
        }
    }

    private static String reason(Throwable e) {
        String message = String.valueOf(e.getMessage());
        if (!(e instanceof UnsatisfiedLinkError)) {
            return e.getClass().getSimpleName() + ": " + message;
        }
        return message.substring(message.lastIndexOf(".so: ") < 0 ? 0 : message.lastIndexOf(".so: ") + 5);
    }

    private static String fix(List<String> reasons) {
        if (reasons.stream().anyMatch(reason -> reason.contains("GLIBC_"))) {
            return "the system is too old: it takes Debian 12 or Raspberry Pi OS 12, or newer";
        }
        return "name a folder that is not mounted noexec and that this user may write: -Djava.io.tmpdir=FOLDER in"
                + " REEDGATE_JAVA_OPTS";
    }

    /** The JVM that runs. */
    static final class ThisJvm implements Loading {

        @Override
        public InputStream packed(String path) throws IOException {
            InputStream in = com.pi4j.library.gpiod.internal.GpioDContext.class.getResourceAsStream(path);
            if (in == null) {
                throw new FileNotFoundException(path + " is not on the class path");
            }
            return in;
        }

        @Override
        public void load(Path file) {
            System.load(file.toString());
        }

        @Override
        public void loaded() {
            try {
                Class.forName("com.pi4j.library.gpiod.internal.GpioD");
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
