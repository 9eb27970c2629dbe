package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.CertificateKit;
import io.github.reedgate.testbroker.Identity;
import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.testbroker.Transport;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The link against real brokers with good, foreign, misnamed and expired certificates. */
@Timeout(180)
class HiveMqLinkTlsIT {

    @TempDir
    private Path folder = Path.of("");

    private static TestSettings to(TestBroker broker, Transport transport) {
        return TestSettings.url(broker.url(transport).toString());
    }

    private static void assertWorks(TestSettings settings) {
        try (LinkProbe probe = LinkProbe.started(settings)) {
            assertThat(probe.next()).isInstanceOf(LinkEvent.Up.class);
            assertThat(probe.publish(1, LinkProbe.ONLINE).outcome()).isEqualTo(PublishOutcome.ACCEPTED);
        }
    }

    private static void assertFails(TestSettings settings, String... told) {
        try (LinkProbe probe = LinkProbe.started(settings)) {
            LinkEvent.Down down = (LinkEvent.Down) probe.next();
            assertThat(down.message()).contains(told);
            assertThat(down.trouble()).isEqualTo(LinkTrouble.TLS);
            assertThat(down.wasUp()).isFalse();
            assertThat(down.retryIn()).isGreaterThan(Duration.ofSeconds(1));
        }
    }

    private static String down(String url) {
        try (LinkProbe probe = LinkProbe.started(TestSettings.url(url))) {
            return probe.down().message();
        }
    }

    @Test
    void ownAuthorityIsTrustedForItsHostsOnly() {
        CertificateKit kit = new CertificateKit(folder, "own");
        Path foreign = new CertificateKit(folder, "foreign").authorityFile();
        BrokerOptions options = BrokerOptions.tls(kit.server("localhost"))
                .with(Transport.MQTT, 0)
                .with(Transport.WSS, 0);
        try (TestBroker broker = TestBroker.started(options)) {
            assertWorks(to(broker, Transport.MQTTS).withCa(kit.authorityFile()));
            assertWorks(to(broker, Transport.WSS).withCa(kit.authorityFile()));
            assertFails(to(broker, Transport.MQTTS), "name the broker's CA certificate with ca_file");
            assertFails(to(broker, Transport.WSS).withCa(foreign), "signed by none of the authorities in " + foreign);
            assertFails(
                    TestSettings.url("mqtts://127.0.0.1:" + broker.port(Transport.MQTTS))
                            .withCa(kit.authorityFile()),
                    "its certificate is for another host",
                    "127.0.0.1");
            assertThat(down("mqtts://localhost:" + broker.port(Transport.MQTT))).contains("is that its TLS port");
            assertThat(down("mqtt://localhost:" + broker.port(Transport.MQTTS))).contains("mqtts://");
        }
    }

    @Test
    void expiredCertificateIsToldAsExpired() {
        CertificateKit kit = new CertificateKit(folder, "own");
        try (TestBroker broker = TestBroker.started(BrokerOptions.tls(kit.expiredServer("localhost")))) {
            assertFails(
                    to(broker, Transport.MQTTS).withCa(kit.authorityFile()), "its certificate has expired", "clock");
        }
    }

    @Test
    void certificateThatIsNotValidYetOrSignedItselfIsToldAsThat() {
        CertificateKit kit = new CertificateKit(folder, "own");
        try (TestBroker broker = TestBroker.started(BrokerOptions.tls(kit.futureServer("localhost")))) {
            assertFails(
                    to(broker, Transport.MQTTS).withCa(kit.authorityFile()),
                    "its certificate is not valid yet",
                    "this machine's clock");
        }
        Identity own = kit.selfSignedServer("localhost");
        try (TestBroker broker = TestBroker.started(BrokerOptions.tls(own))) {
            assertFails(
                    to(broker, Transport.MQTTS).withCa(kit.authorityFile()),
                    "signed by none of the authorities in " + kit.authorityFile(),
                    "one that signed itself is its own CA");
            assertWorks(to(broker, Transport.MQTTS).withCa(own.certificateFile()));
        }
    }

    @Test
    void brokerThatWantsAClientCertificateGetsIt() {
        CertificateKit kit = new CertificateKit(folder, "own");
        Identity own = kit.client("gate");
        Identity foreign = new CertificateKit(folder, "foreign").client("gate");
        BrokerOptions options = BrokerOptions.tls(kit.server("localhost")).withClientAuthority(kit.authorityFile());
        try (TestBroker broker = TestBroker.started(options)) {
            TestSettings settings = to(broker, Transport.MQTTS).withCa(kit.authorityFile());
            assertWorks(settings.withCertificate(own.certificateFile()).withKey(own.keyFile()));
            assertFails(settings, "it wants a client certificate: name one with certificate_file and key_file");
            assertFails(
                    settings.withCertificate(foreign.certificateFile()).withKey(foreign.keyFile()),
                    "this client's certificate " + foreign.certificateFile());
        }
    }
}
