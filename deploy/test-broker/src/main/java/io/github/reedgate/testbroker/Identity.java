package io.github.reedgate.testbroker;

import java.nio.file.Path;

/**
 * A certificate and its private key, each in a PEM file. Immutable.
 *
 * @param certificateFile the certificate, without the authority that signed it
 * @param keyFile the private key in PKCS#8, not encrypted
 */
public record Identity(Path certificateFile, Path keyFile) {}
