package io.github.reedgate.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** Client ids of the commands: a fixed one for a session that lasts, a fresh one otherwise, so that two never collide. */
final class ClientIds {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int LONGEST_PART = 32;

    private ClientIds() {}

    /** The same for each call on this machine by this user: {@code reedgate-watch-pi-raspberrypi}. */
    static String fixed(String command, Map<String, String> environment) {
        return "reedgate-" + command + "-" + plain(System.getProperty("user.name", "")) + "-"
                + plain(host(environment));
    }

    /** Another for each call. */
    static String fresh(String command) {
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        return "reedgate-" + command + "-" + HexFormat.of().formatHex(random);
    }

    private static String host(Map<String, String> environment) {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            return environment.getOrDefault("HOSTNAME", "");
        }
    }

    private static String plain(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9_-]", "-");
        return plain.isEmpty() ? "unknown" : plain.substring(0, Math.min(plain.length(), LONGEST_PART));
    }
}
