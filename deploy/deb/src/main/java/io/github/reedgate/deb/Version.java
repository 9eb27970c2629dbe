package io.github.reedgate.deb;

/** The version as Debian orders it: {@code 0.1.0-SNAPSHOT} becomes {@code 0.1.0~SNAPSHOT}, which is older than 0.1.0. Stateless. */
final class Version {

    private Version() {}

    /** Debian's version of Maven's. */
    static String ofMaven(String version) {
        return version.replace('-', '~');
    }
}
