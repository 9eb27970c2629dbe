package io.github.reedgate.testbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
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

    @Test
    void futureIsNotValidYet() throws CertificateException {
        CertificateKit kit = new CertificateKit(folder, "own");
        X509Certificate certificate =
                PemFiles.certificate(kit.futureServer("localhost").certificateFile());
        assertThatThrownBy(certificate::checkValidity).isInstanceOf(CertificateNotYetValidException.class);
        assertThatCode(() -> certificate.checkValidity(Date.from(Instant.now().plus(Duration.ofHours(2)))))
                .doesNotThrowAnyException();
        X509Certificate authority = PemFiles.certificate(kit.authorityFile());
        assertThatCode(() -> certificate.verify(authority.getPublicKey())).doesNotThrowAnyException();
        assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(2, "localhost"));
    }

    @Test
    void selfSignedIsSignedByItsOwnKeyOnly() throws CertificateException {
        CertificateKit kit = new CertificateKit(folder, "own");
        X509Certificate certificate =
                PemFiles.certificate(kit.selfSignedServer("localhost").certificateFile());
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
        assertThatCode(() -> certificate.verify(certificate.getPublicKey())).doesNotThrowAnyException();
        assertThatCode(certificate::checkValidity).doesNotThrowAnyException();
        X509Certificate authority = PemFiles.certificate(kit.authorityFile());
        assertThatThrownBy(() -> certificate.verify(authority.getPublicKey())).isInstanceOf(SignatureException.class);
    }

    @Test
    void authorityBelowSignsAndIsSigned() throws CertificateException {
        CertificateKit root = new CertificateKit(folder, "own");
        CertificateKit below = root.below("middle", Duration.ofDays(1));
        X509Certificate middle = PemFiles.certificate(below.authorityFile());
        X509Certificate authority = PemFiles.certificate(root.authorityFile());
        assertThatCode(() -> middle.verify(authority.getPublicKey())).doesNotThrowAnyException();
        assertThat(middle.getBasicConstraints()).isGreaterThanOrEqualTo(0);
        X509Certificate server = PemFiles.certificate(below.server("localhost").certificateFile());
        assertThatCode(() -> server.verify(middle.getPublicKey())).doesNotThrowAnyException();
    }

    @Test
    void expiredClientIsExpired() throws CertificateException {
        Identity expired = new CertificateKit(folder, "own").expiredClient("reedgate");
        X509Certificate certificate = PemFiles.certificate(expired.certificateFile());
        assertThatThrownBy(certificate::checkValidity).isInstanceOf(CertificateExpiredException.class);
    }
}
