package io.github.reedgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.BrokerTrial;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.secrets.TlsFiles;
import io.github.reedgate.testbroker.Account;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.CertificateKit;
import io.github.reedgate.testbroker.FaultyProxy;
import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.testbroker.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real broker with TLS, users and access rules, and one fault at a time on the way to it or in it. */
@Timeout(600)
class BrokerFaultsIT {

    @TempDir
    private static Path files = Path.of("");

    private static CertificateKit kit;
    private static TestBroker broker;

    @TempDir
    private Path folder = Path.of("");

    private FakeMachine machine;

    @BeforeAll
    static void startBroker() {
        kit = new CertificateKit(files, "home-ca");
        broker = TestBroker.started(BrokerOptions.tls(kit.server(Duration.ofDays(300), "localhost"))
                .with(Transport.MQTT, 0)
                .with(new Account("home", "secret", List.of("reedgate/home/#")))
                .with(new Account("viewer-doctor", "looks", List.of("reedgate/home/diagnostics/doctor")))
                .with(new Account("elsewhere", "secret", List.of("other/#"))));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void build() throws IOException {
        machine = new FakeMachine(folder);
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        FakeMachine.mode(password, "rw-r-----");
        tls("localhost", broker.port(Transport.MQTTS), kit.authorityFile(), "home");
    }

    private Path password() {
        return folder.resolve("password");
    }

    private void tls(String host, int port, Path authority, String user) {
        machine.broker("connect_timeout: 60s\nurl: mqtts://" + host + ":" + port + "\nca_file: " + authority
                + "\nuser: " + user + "\npassword_file: " + password() + "\n");
    }

    private void clear(int port) {
        machine.broker("connect_timeout: 60s\nurl: mqtt://localhost:" + port + "\nuser: home\npassword_file: "
                + password() + "\n");
    }

    private List<Finding> all() {
        return machine.examine(EnumSet.allOf(CheckName.class));
    }

    private Finding only(CheckName check, Status status) {
        return Verdicts.only(all(), check, status);
    }

    @Test
    void everythingIsWell() {
        List<Finding> findings = all();
        assertThat(findings).hasSize(CheckName.values().length);
        assertThat(findings)
                .filteredOn(finding -> finding.check() != CheckName.UNIT && finding.check() != CheckName.USERS)
                .allSatisfy(finding ->
                        assertThat(finding.status()).as("%s", finding).isEqualTo(Status.OK));
    }

    @Test
    void topicIsLeftEmptyAndNothingElseIsWritten() throws Exception {
        BrokerSettings settings = new BrokerSettings(
                broker.url(Transport.MQTT),
                "witness",
                Optional.of("home"),
                Optional.of(password()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BrokerSettings.Timing.DEFAULT);
        Duration limit = Duration.ofSeconds(60);
        try (BrokerTrial witness = new BrokerTrial(settings, new CredentialSource(settings, Map.of()))) {
            witness.connect(limit);
            witness.subscribe("reedgate/home/#", limit);
            all();
            witness.publish("reedgate/home/diagnostics", "end", false, limit);
            List<String> seen = new java.util.ArrayList<>();
            while (!seen.contains("end")) {
                seen.add(witness.next(limit).orElseThrow().payload());
            }
            assertThat(seen).hasSize(4);
            assertThat(seen.get(0)).startsWith("reedgate doctor ").endsWith(" kept");
            assertThat(seen.get(1)).startsWith("reedgate doctor ").endsWith(" live");
            assertThat(seen.get(2)).isEmpty();
            witness.subscribe("reedgate/home/diagnostics/doctor", limit);
            witness.publish("reedgate/home/diagnostics", "nothing was kept", false, limit);
            assertThat(witness.next(limit).orElseThrow().payload()).isEqualTo("nothing was kept");
        }
    }

    @Test
    void nameThatNobodyKnows() {
        tls("broker.invalid", 8883, kit.authorityFile(), "home");
        Finding finding = only(CheckName.DNS, Status.FAIL);
        assertThat(finding.seen()).contains("broker.invalid");
        assertThat(finding.fix()).contains("broker.url", "getent hosts broker.invalid", "/etc/resolv.conf");
    }

    @Test
    void portThatIsClosed() {
        try (FaultyProxy proxy = new FaultyProxy("localhost", broker.port())) {
            proxy.refuse();
            clear(proxy.port());
            Finding finding = only(CheckName.TCP, Status.FAIL);
            assertThat(finding.seen()).contains("nothing listens at localhost:" + proxy.port());
            assertThat(finding.fix()).contains("ss -ltnp", "broker.url");
        }
    }

    @Test
    void serverThatSaysNothing() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            machine.broker("url: mqtt://localhost:" + mute.getLocalPort() + "\nconnect_timeout: 2s\nuser: home\n"
                    + "password_file: " + password() + "\n");
            Finding finding = only(CheckName.LOGIN, Status.FAIL);
            assertThat(finding.seen()).contains("did not answer");
            assertThat(finding.fix()).contains("broker.url");
        }
    }

    @Test
    void serverThatSaysNothingToTls() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            machine.broker("url: mqtts://localhost:" + mute.getLocalPort() + "\nconnect_timeout: 2s\nuser: home\n"
                    + "password_file: " + password() + "\n");
            Finding finding = only(CheckName.TLS, Status.FAIL);
            assertThat(finding.seen()).contains("said nothing");
            assertThat(finding.fix()).contains("openssl s_client");
        }
    }

    @Test
    void authorityThatIsNotTheBrokers() {
        Path foreign = new CertificateKit(folder, "foreign-ca").authorityFile();
        tls("localhost", broker.port(Transport.MQTTS), foreign, "home");
        Finding finding = only(CheckName.TLS, Status.FAIL);
        assertThat(finding.seen())
                .contains(
                        "cannot be trusted: its certificate was signed by none of the authorities in " + foreign,
                        "[it sent one for localhost, signed by CN=home-ca, valid from ");
        assertThat(finding.fix()).contains("put the broker's CA certificate there");
    }

    @Test
    void certificateForAnotherHost() {
        try (TestBroker other =
                TestBroker.started(BrokerOptions.tls(kit.server(Duration.ofDays(300), "broker.example.org", "10.1.2.3"))
                        .with(new Account("home", "secret", List.of("reedgate/home/#"))))) {
            tls("localhost", other.port(Transport.MQTTS), kit.authorityFile(), "home");
            Finding finding = only(CheckName.TLS, Status.FAIL);
            assertThat(finding.seen())
                    .contains("its certificate is for another host", "localhost", "broker.example.org, 10.1.2.3");
            assertThat(finding.fix()).contains("use a name that is in it");
        }
    }

    @Test
    void certificateThatExpired() {
        try (TestBroker other = TestBroker.started(BrokerOptions.tls(kit.expiredServer("localhost"))
                .with(new Account("home", "secret", List.of("reedgate/home/#"))))) {
            tls("localhost", other.port(Transport.MQTTS), kit.authorityFile(), "home");
            Finding finding = only(CheckName.TLS, Status.FAIL);
            assertThat(finding.seen()).contains("its certificate has expired [it sent one for localhost");
            assertThat(finding.fix()).contains("renew it on the broker").doesNotContain("timedatectl");
            machine.clockSynced(false);
            assertThat(all())
                    .filteredOn(other2 -> other2.check() == CheckName.TLS)
                    .allSatisfy(unsure -> assertThat(unsure.fix()).contains("renew it", "timedatectl"));
        }
    }

    @Test
    void certificateThatIsNotValidYet() {
        try (TestBroker other = TestBroker.started(BrokerOptions.tls(kit.futureServer("localhost"))
                .with(new Account("home", "secret", List.of("reedgate/home/#"))))) {
            tls("localhost", other.port(Transport.MQTTS), kit.authorityFile(), "home");
            Finding finding = only(CheckName.TLS, Status.FAIL);
            assertThat(finding.seen()).contains("its certificate is not valid yet [it sent one for localhost");
            assertThat(finding.fix()).startsWith("is this machine's clock right?");
        }
    }

    @Test
    void certificateThatSignedItself() {
        try (TestBroker other = TestBroker.started(BrokerOptions.tls(kit.selfSignedServer("localhost"))
                .with(new Account("home", "secret", List.of("reedgate/home/#"))))) {
            tls("localhost", other.port(Transport.MQTTS), kit.authorityFile(), "home");
            Finding finding = only(CheckName.TLS, Status.FAIL);
            assertThat(finding.seen())
                    .contains("was signed by none of the authorities", "for localhost, signed by itself");
            assertThat(finding.fix()).contains("one that signed itself is its own CA");
        }
    }

    @Test
    void certificateThatExpiresSoonOfABrokerThatWantsAClientCertificate() {
        try (TestBroker other = TestBroker.started(BrokerOptions.tls(kit.server("localhost"))
                .withClientAuthority(kit.authorityFile())
                .with(new Account("home", "secret", List.of("reedgate/home/#"))))) {
            int port = other.port(Transport.MQTTS);
            tls("localhost", port, kit.authorityFile(), "home");
            Finding without = only(CheckName.TLS, Status.FAIL);
            // the broker closes right behind its alert, so the alert is lost if this side still writes: see
            // TlsCheckTest
            assertThat(without.seen() + without.fix())
                    .containsAnyOf("ended the TLS handshake", "wants a client certificate, and there is none")
                    .contains("wants a client certificate", "certificate_file", "key_file");

            var foreign = new CertificateKit(folder, "foreign-ca").client("home");
            certificate(port, foreign.certificateFile(), foreign.keyFile());
            Finding refused = only(CheckName.TLS, Status.FAIL);
            assertThat(refused.seen()).containsAnyOf("ended the TLS handshake", "refuses the client certificate");
            assertThat(refused.seen() + refused.fix()).contains(" certificate " + foreign.certificateFile());

            var own = kit.client("home");
            certificate(port, own.certificateFile(), own.keyFile());
            Finding soon = only(CheckName.TLS, Status.WARN);
            assertThat(soon.seen()).contains("expires soon");
            assertThat(soon.fix()).contains("renew it");
        }
    }

    /** As a broker does that judges the client's certificate behind the handshake and hangs up without an alert. */
    @Test
    void brokerThatHangsUpBehindTheHandshake() throws Exception {
        var server = kit.server(Duration.ofDays(300), "localhost");
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                TlsFiles.identity(server.certificateFile(), server.keyFile()).getKeyManagers(),
                TlsFiles.trust(kit.authorityFile()).getTrustManagers(),
                null);
        try (SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            socket.setWantClientAuth(true);
            Thread thread = new Thread(() -> hangUp(socket), "hangs-up");
            thread.setDaemon(true);
            thread.start();
            tls("localhost", socket.getLocalPort(), kit.authorityFile(), "home");
            Finding without = only(CheckName.TLS, Status.FAIL);
            assertThat(without.seen()).contains("wants a client certificate");

            var own = kit.client("home");
            certificate(socket.getLocalPort(), own.certificateFile(), own.keyFile());
            Finding refused = only(CheckName.TLS, Status.FAIL);
            assertThat(refused.seen())
                    .contains(own.certificateFile().toString(), "ended the connection behind the handshake");
        }
    }

    private static void hangUp(SSLServerSocket server) {
        while (!server.isClosed()) {
            try (SSLSocket one = (SSLSocket) server.accept()) {
                one.startHandshake();
            } catch (IOException e) {
                // The doctor hung up first, or the server was closed: the loop's condition tells which.
            }
        }
    }

    private void certificate(int port, Path certificate, Path key) {
        assertThat(key.toFile().setReadable(true, false)).isTrue();
        try {
            FakeMachine.mode(key, "rw-r-----");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        machine.broker("connect_timeout: 60s\nurl: mqtts://localhost:" + port + "\nca_file: " + kit.authorityFile()
                + "\nuser: home\n" + "password_file: " + password() + "\ncertificate_file: " + certificate
                + "\nkey_file: " + key + "\n");
    }

    @Test
    void clearTextToATlsPort() {
        clear(broker.port(Transport.MQTTS));
        Finding finding = only(CheckName.LOGIN, Status.FAIL);
        assertThat(finding.seen()).contains("speaks TLS");
        assertThat(finding.fix()).contains("mqtts://localhost:" + broker.port(Transport.MQTTS));
    }

    @Test
    void tlsToAClearTextPort() {
        tls("localhost", broker.port(), kit.authorityFile(), "home");
        Finding finding = only(CheckName.TLS, Status.FAIL);
        assertThat(finding.seen()).contains("speaks mqtt in clear text");
        assertThat(finding.fix()).contains("broker.url", "8883");
    }

    @Test
    void wrongPassword() throws IOException {
        Files.writeString(password(), "other\n");
        Finding finding = only(CheckName.LOGIN, Status.FAIL);
        assertThat(finding.seen()).contains("0x8").doesNotContain("other\n");
        assertThat(finding.fix()).contains(password().toString(), "mosquitto_passwd", "home");
    }

    @Test
    void passwordThatTheUnitHandsOver() throws IOException {
        Path credentials = Files.createDirectories(folder.resolve("credentials"));
        Files.writeString(credentials.resolve("mqtt.password"), "secret\n");
        machine.broker("connect_timeout: 60s\nurl: mqtt://localhost:" + broker.port() + "\nuser: home\n");
        for (String value : List.of("reedgate:" + credentials, "mqtt.password:" + credentials + "/mqtt.password")) {
            machine.unit("ActiveState=inactive\nLoadCredential=" + value + "\n");
            assertThat(all())
                    .filteredOn(finding -> finding.check().compareTo(CheckName.SECRETS) >= 0)
                    .allSatisfy(finding ->
                            assertThat(finding.status()).as("%s", finding).isEqualTo(Status.OK));
        }
    }

    @Test
    void noUserWhereOneIsWanted() {
        machine.broker("connect_timeout: 60s\nurl: mqtt://localhost:" + broker.port() + "\n");
        Finding finding = only(CheckName.LOGIN, Status.FAIL);
        assertThat(finding.seen()).contains("0x87");
        assertThat(finding.fix()).contains("broker.user", "broker.password_file");
    }

    @Test
    void topicThatTheAccessRulesDeny() {
        tls("localhost", broker.port(Transport.MQTTS), kit.authorityFile(), "elsewhere");
        Finding finding = only(CheckName.PUBLISH, Status.FAIL);
        assertThat(finding.seen()).contains("reedgate/home/diagnostics/doctor", "0x87");
        assertThat(finding.fix()).contains("user elsewhere", "topic write reedgate/home/#");
    }

    @Test
    void viewerLogsInBesideARunningGateway() throws IOException {
        machine.unit("ActiveState=active\nSubState=running\n");
        String port = String.format("%04X", broker.port(Transport.MQTTS));
        machine.file("proc/net/tcp", "   1: 0100007F:9C40 0100007F:" + port + " 01 00000000:00000000\n");
        machine.file("credentials/viewer.password", "looks\n");
        assertThat(all())
                .filteredOn(finding -> finding.check().compareTo(CheckName.LOGIN) >= 0)
                .hasSize(4)
                .allSatisfy(finding ->
                        assertThat(finding.status()).as("%s", finding).isEqualTo(Status.OK))
                .first()
                .satisfies(finding -> assertThat(finding.seen())
                        .isEqualTo("user viewer-doctor is let in, as client reedgate-home-doctor"));
    }

    @Test
    void nobodyLogsInBesideARunningGatewayUnlessAsked() throws IOException {
        machine.unit("ActiveState=active\nSubState=running\n");
        List<Finding> findings = all();
        assertThat(findings)
                .filteredOn(finding -> finding.check() == CheckName.LOGIN)
                .allSatisfy(finding -> {
                    assertThat(finding.status()).isEqualTo(Status.WARN);
                    assertThat(finding.seen()).contains("there is no connection to localhost");
                    assertThat(finding.fix()).contains("journalctl -u reedgate");
                });
        String port = String.format("%04X", broker.port(Transport.MQTTS));
        machine.file("proc/net/tcp", "   1: 0100007F:9C40 0100007F:" + port + " 01 00000000:00000000\n");
        assertThat(all())
                .filteredOn(finding -> finding.check().compareTo(CheckName.LOGIN) >= 0)
                .allSatisfy(finding -> {
                    assertThat(finding.status()).as("%s", finding).isEqualTo(Status.SKIPPED);
                    assertThat(finding.seen()).contains("--login-beside");
                });
        machine.loginBeside();
        assertThat(all())
                .filteredOn(finding -> finding.check().compareTo(CheckName.LOGIN) >= 0)
                .allSatisfy(finding ->
                        assertThat(finding.status()).as("%s", finding).isEqualTo(Status.OK));
    }
}
