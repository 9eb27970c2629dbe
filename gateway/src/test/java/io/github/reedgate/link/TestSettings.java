package io.github.reedgate.link;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Builds broker settings for tests; immutable, each method returns a changed copy. The times are so long that a busy machine
 * does not make a broker silent: a test of silence takes shorter ones.
 */
record TestSettings(
        URI url,
        Optional<String> user,
        Optional<Path> password,
        Optional<Path> ca,
        Optional<Path> certificate,
        Optional<Path> key,
        Duration keepAlive,
        Duration connectTimeout) {

    static TestSettings url(String url) {
        return new TestSettings(
                URI.create(url),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10));
    }

    TestSettings withUser(String name) {
        return new TestSettings(url, Optional.of(name), password, ca, certificate, key, keepAlive, connectTimeout);
    }

    TestSettings withPassword(Path file) {
        return new TestSettings(url, user, Optional.of(file), ca, certificate, key, keepAlive, connectTimeout);
    }

    TestSettings withCa(Path file) {
        return new TestSettings(url, user, password, Optional.of(file), certificate, key, keepAlive, connectTimeout);
    }

    TestSettings withCertificate(Path file) {
        return new TestSettings(url, user, password, ca, Optional.of(file), key, keepAlive, connectTimeout);
    }

    TestSettings withKey(Path file) {
        return new TestSettings(url, user, password, ca, certificate, Optional.of(file), keepAlive, connectTimeout);
    }

    TestSettings withKeepAlive(Duration interval) {
        return new TestSettings(url, user, password, ca, certificate, key, interval, connectTimeout);
    }

    TestSettings withConnectTimeout(Duration timeout) {
        return new TestSettings(url, user, password, ca, certificate, key, keepAlive, timeout);
    }

    BrokerSettings build() {
        BrokerSettings.Timing usual = BrokerSettings.Timing.DEFAULT;
        return new BrokerSettings(
                url,
                "test-client",
                user,
                password,
                ca,
                certificate,
                key,
                new BrokerSettings.Timing(
                        keepAlive, connectTimeout, usual.retryFirst(), usual.retryMax(), usual.retryRefused()));
    }
}
