package io.github.reedgate.testbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the made certificates back with the JDK. */
class CertificateKitTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void signsServersForTheirHostsAndClientsForNone() throws CertificateException {
        CertificateKit kit = new CertificateKit(folder, "own");
        X509Certificate server =
                PemFiles.certificate(kit.server("localhost", "127.0.0.1").certificateFile());
        assertThat(server.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        X509Certificate client = PemFiles.certificate(kit.client("reedgate").certificateFile());
        assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=reedgate");
        X509Certificate authority = PemFiles.certificate(kit.authorityFile());
        assertThat(authority.getBasicConstraints()).isGreaterThanOrEqualTo(0);
        assertThatCode(() -> client.verify(authority.getPublicKey())).doesNotThrowAnyException();
    }

    @Test
    void foreignAuthorityIsAnother() throws CertificateException {
        X509Certificate foreign = PemFiles.certificate(new CertificateKit(folder, "foreign").authorityFile());
        Identity own = new CertificateKit(folder, "own").server("localhost");
        X509Certificate server = PemFiles.certificate(own.certificateFile());
        assertThatThrownBy(() -> server.verify(foreign.getPublicKey())).isInstanceOf(SignatureException.class);
    }

    @Test
    void expiredIsExpired() throws CertificateException {
        Identity expired = new CertificateKit(folder, "own").expiredServer("localhost");
        X509Certificate certificate = PemFiles.certificate(expired.certificateFile());
        assertThatThrownBy(certificate::checkValidity).isInstanceOf(CertificateExpiredException.class);
    }
}
