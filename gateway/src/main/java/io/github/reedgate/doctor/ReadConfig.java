package io.github.reedgate.doctor;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is reported of a configuration that could be read. Immutable.
 *
 * @param file where it was read
 * @param seen what to report of it
 * @param socket what is wrong with the path of a socket in its state folder
 * @param packets how long its packets are
 */
public record ReadConfig(Path file, String seen, Optional<String> socket, PacketLimit packets) {}
