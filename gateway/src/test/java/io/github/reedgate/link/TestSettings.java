package io.github.reedgate.link;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Builds broker settings for tests; immutable, each method returns a changed copy. */
record TestSettings(
        URI url,
        Optional<String> user,
        Optional<Path> password,
        Optional<Path> ca,
        Optional<Path> certificate,
        Optional<Path> key) {

    static TestSettings url(String url) {
        return new TestSettings(
                URI.create(url),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    TestSettings withUser(String name) {
        return new TestSettings(url, Optional.of(name), password, ca, certificate, key);
    }

    TestSettings withPassword(Path file) {
        return new TestSettings(url, user, Optional.of(file), ca, certificate, key);
    }

    TestSettings withCa(Path file) {
        return new TestSettings(url, user, password, Optional.of(file), certificate, key);
    }

    TestSettings withCertificate(Path file) {
        return new TestSettings(url, user, password, ca, Optional.of(file), key);
    }

    TestSettings withKey(Path file) {
        return new TestSettings(url, user, password, ca, certificate, Optional.of(file));
    }

    BrokerSettings build() {
        return new BrokerSettings(
                url, "test-client", user, password, ca, certificate, key, BrokerSettings.Timing.DEFAULT);
    }
}
