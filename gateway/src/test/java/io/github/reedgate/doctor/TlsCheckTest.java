package io.github.reedgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.config.ConfigReader;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What a failed TLS handshake is said to be, where a race decides what this side sees of it. */
class TlsCheckTest {

    private final Exception closed = new SSLException("Broken pipe");
    private final Exception alert = new SSLHandshakeException("Received fatal alert: certificate_required");

    private static TlsCheck check() throws Exception {
        String yaml = "gateway: {id: home}\nbroker: {url: 'mqtts://broker.lan:8883'}\nsensors: {door: {line: 17}}\n";
        return new TlsCheck(
                new Broker(new ConfigReader().read(yaml, "/etc/reedgate.yaml").broker()),
                Instant.parse("2026-11-22T21:14:00Z"),
                true);
    }

    @Test
    void alertThatOnlyTheCloserLookGotIsTheReason() throws Exception {
        for (Exception closer : List.of(alert, closed)) {
            Exception first = closer == alert ? closed : alert;
            Finding finding = check().explain(first, new Handshake.Outcome(List.of(), closer, true, ""));
            assertThat(finding.seen()).contains("broker broker.lan:8883 ended the TLS handshake: certificate required");
            assertThat(finding.fix()).contains("it wants a client certificate");
        }
    }

    @Test
    void withoutAnAlertTheCertificateIsStillSuspected() throws Exception {
        Finding finding = check().explain(closed, new Handshake.Outcome(List.of(), null, true, "TLSv1.3"));
        assertThat(finding.seen()).contains("wants a client certificate, and there is none");
        assertThat(finding.fix()).contains("broker.certificate_file");
    }
}
