package io.github.reedgate.doctor;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The TCP connections of this machine as {@code /proc/net/tcp} tells them. Stateless. */
final class Connections {

    private static final String ESTABLISHED = "01";
    private static final int WORD = 4;

    private Connections() {}

    /** True if there is a connection to one of the addresses at a port. */
    static boolean isEstablished(Path root, Collection<InetAddress> addresses, int port) {
        String suffix = String.format(":%04X", port);
        Set<String> wanted = addresses.stream()
                .map(address -> hex(address.getAddress()) + suffix)
                .collect(Collectors.toSet());
        return Stream.of("proc/net/tcp", "proc/net/tcp6")
                .flatMap(name -> SmallFile.text(root.resolve(name)).lines())
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> fields.length > 3 && fields[3].equals(ESTABLISHED))
                .anyMatch(fields -> wanted.stream().anyMatch(fields[2]::endsWith));
    }

    /** The kernel prints words of four bytes, the lowest byte first on all that a Pi can be. */
    private static String hex(byte[] address) {
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < address.length; word += WORD) {
            for (int i = WORD - 1; i >= 0; i--) {
                text.append(HexFormat.of().withUpperCase().toHexDigits(address[word + i]));
            }
        }
        return text.toString();
    }
}
