package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.secrets.TlsFiles;
import io.github.reedgate.testbroker.CertificateKit;
import io.github.reedgate.testbroker.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each failed handshake is said to be: real handshakes with a server on loopback, none of which blames the wrong side. */
@Timeout(120)
class TlsFailureTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder = Path.of("");

    private final List<ServerSocket> servers = new ArrayList<>();
    private @SuppressWarnings("NullAway.Init") CertificateKit root;

    @BeforeEach
    void makeAuthority() {
        root = new CertificateKit(folder, "root");
    }

    @AfterEach
    void stopServers() throws IOException {
        for (ServerSocket server : servers) {
            server.close();
        }
    }

    private static SSLContext context(@Nullable Identity own, @Nullable Path authority) throws Exception {
        KeyManager @Nullable [] keys = own == null
                ? null
                : TlsFiles.identity(own.certificateFile(), own.keyFile()).getKeyManagers();
        TrustManager @Nullable [] trust =
                authority == null ? null : TlsFiles.trust(authority).getTrustManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }

    /** A server with an identity; wants a client's certificate if an authority for clients is given. */
    private ServerSocket server(Identity identity, @Nullable Path clients, String... protocols) throws Exception {
        SSLContext context = context(identity, clients);
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        serve(server, client -> {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(client, null, client.getPort(), false);
            tls.setUseClientMode(false);
            tls.setNeedClientAuth(clients != null);
            if (protocols.length > 0) {
                tls.setEnabledProtocols(protocols);
            }
            try {
                tls.startHandshake();
            } finally {
                // an end while something is unread would be a reset, which can overtake the alert
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        });
        return server;
    }

    /** What a server does with a connection. */
    private interface Work {
        void on(Socket client) throws IOException;
    }

    private void serve(ServerSocket server, Work work) {
        servers.add(server);
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    work.on(client);
                } catch (IOException e) {
                    // the client learns of it, which is what matters
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static TestSettings to(ServerSocket server) {
        return TestSettings.url("mqtts://localhost:" + server.getLocalPort());
    }

    /** What is said of a connection that must fail. */
    private static String said(TestSettings settings, String... protocols) throws Exception {
        BrokerSettings built = settings.build();
        Optional<Identity> own = built.certificateFile()
                .map(file -> new Identity(file, built.keyFile().orElseThrow()));
        try (SSLSocket socket =
                (SSLSocket) context(own.orElse(null), built.caFile().orElse(null))
                        .getSocketFactory()
                        .createSocket("localhost", built.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (protocols.length > 0) {
                parameters.setProtocols(protocols);
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            // with TLS 1.3 the client's certificate is judged behind the handshake
            int end = socket.getInputStream().read();
            throw new AssertionError("the handshake succeeded, and then came " + end);
        } catch (IOException e) {
            Diagnosis diagnosis = Diagnosis.of(e, built.server(), built);
            assertThat(diagnosis.trouble()).isEqualTo(LinkTrouble.TLS);
            return diagnosis.message();
        }
    }

    /** The identity with the certificates behind its own, as a server sends them. */
    private Identity chained(Identity own, CertificateKit authority) throws IOException {
        Path chain = folder.resolve("chain-" + own.certificateFile().getFileName());
        Files.writeString(chain, Files.readString(own.certificateFile()) + Files.readString(authority.authorityFile()));
        return new Identity(chain, own.keyFile());
    }

    private TestSettings as(TestSettings settings, Identity own) {
        return settings.withCa(root.authorityFile())
                .withCertificate(own.certificateFile())
                .withKey(own.keyFile());
    }

    @Test
    void expiredCertificateIsTheServersOwnOrAnAuthoritysBehindIt() throws Exception {
        assertThat(said(to(server(root.expiredServer("localhost"), null)).withCa(root.authorityFile())))
                .contains("its certificate has expired", "renew it on the broker")
                .doesNotContain("authority", "ca_file");

        CertificateKit old = root.below("old-intermediate", DAY.dividedBy(-2));
        assertThat(said(to(server(chained(old.server("localhost"), old), null)).withCa(root.authorityFile())))
                .contains("the certificate of the authority 'CN=old-intermediate' behind its own has expired")
                .doesNotContain("its certificate has expired", "ca_file");
    }

    @Test
    void certificateThatIsNotValidYetIsAMatterOfClocks() throws Exception {
        assertThat(said(to(server(root.futureServer("localhost"), null)).withCa(root.authorityFile())))
                .contains("cannot be trusted: its certificate is not valid yet; is this machine's clock right?")
                .doesNotContain("expired", "authority", "ca_file");
    }

    @Test
    void certificateThatSignedItselfIsItsOwnAuthority() throws Exception {
        Identity own = root.selfSignedServer("localhost");
        for (TestSettings settings :
                List.of(to(server(own, null)).withCa(root.authorityFile()), to(server(own, null)))) {
            assertThat(said(settings))
                    .contains("was signed by none of the authorities", "one that signed itself is its own CA")
                    .doesNotContain("expired", "another host");
        }
    }

    /** The same words for whoever is told, but for what the server is to them. */
    @Test
    void faultsOfCertificatesHaveOneWordingForBrokersAndOtherServers() throws Exception {
        ServerSocket future = server(root.futureServer("localhost"), null);
        BrokerSettings built = to(future).withCa(root.authorityFile()).build();
        SSLException failure = handshakeFailure(built);
        CertificateFault fault =
                CertificateFault.of(failure, "broker", built.caFile()).orElseThrow();
        assertThat(Diagnosis.of(failure, "b:1", built).message())
                .isEqualTo("broker b:1 cannot be trusted: " + fault.what() + "; " + fault.fix());
        assertThat(CertificateFault.of(failure, "server", built.caFile())).contains(fault);
        assertThat(CertificateFault.of(new IOException("reset"), "server", Optional.empty()))
                .isEmpty();
    }

    private static SSLException handshakeFailure(BrokerSettings built) throws Exception {
        try (SSLSocket socket = (SSLSocket) context(null, built.caFile().orElseThrow())
                .getSocketFactory()
                .createSocket("localhost", built.port())) {
            socket.startHandshake();
            throw new AssertionError("the handshake succeeded");
        } catch (SSLException e) {
            return e;
        }
    }

    @Test
    void chainThatLeadsNowhereLacksACertificateThereOrAnAuthorityHere() throws Exception {
        CertificateKit between = root.below("intermediate", DAY);
        ServerSocket whole = server(chained(between.server("localhost"), between), null);
        Path foreign = new CertificateKit(folder, "foreign").authorityFile();
        for (TestSettings settings : List.of(
                to(server(between.server("localhost"), null)).withCa(root.authorityFile()),
                to(whole).withCa(foreign),
                to(whole))) {
            assertThat(said(settings))
                    .contains(
                            "was signed by none of the authorities",
                            settings.ca().map(Path::toString).orElse("of this system"),
                            "CA certificate",
                            "have the broker send the intermediate certificates behind its own")
                    .doesNotContain("expired", "another host");
        }
    }

    @Test
    void certificateForAnotherHostIsNoMatterOfTrust() throws Exception {
        assertThat(said(to(server(root.server("broker.test"), null)).withCa(root.authorityFile())))
                .contains("its certificate is for another host", "localhost")
                .doesNotContain("ca_file", "signed by none", "expired");
    }

    @Test
    void clientsCertificateIsMissingExpiredOrNotAccepted() throws Exception {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            ServerSocket server = server(root.server("localhost"), root.authorityFile(), protocol);
            assertThat(said(to(server).withCa(root.authorityFile())))
                    .as(protocol)
                    .contains("ended the TLS handshake", "client certificate", "certificate_file")
                    .doesNotContain("cannot be trusted", "its TLS port");
            assertThat(said(as(to(server), root.expiredClient("gate"))))
                    .as(protocol)
                    .contains("ended the TLS handshake", "this client's certificate " + folder)
                    .doesNotContain("cannot be trusted", "its TLS port", "renew it on the broker");
            assertThat(said(as(to(server), new CertificateKit(folder, "foreign").client("gate"))))
                    .as(protocol)
                    .contains("ended the TLS handshake", "this client's certificate " + folder)
                    .doesNotContain("cannot be trusted", "its TLS port", "expired");
        }
    }

    @Test
    void versionsThatDoNotMeetAreSaidToBeThat() throws Exception {
        for (String[] both : List.of(new String[] {"TLSv1.2", "TLSv1.3"}, new String[] {"TLSv1.3", "TLSv1.2"})) {
            ServerSocket server = server(root.server("localhost"), null, both[0]);
            assertThat(said(to(server).withCa(root.authorityFile()), both[1]))
                    .contains("TLS 1.2 or 1.3")
                    .doesNotContain("certificate");
        }
    }

    @Test
    void portWithoutTlsIsSaidToBeThat() throws Exception {
        ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        serve(plain, client -> {
            client.getOutputStream().write("220 this is no TLS\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().read();
        });
        assertThat(said(to(plain).withCa(root.authorityFile())))
                .contains("does not speak TLS at that port")
                .doesNotContain("certificate", "cannot be trusted");
    }
}
