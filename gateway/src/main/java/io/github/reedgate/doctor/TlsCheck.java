package io.github.reedgate.doctor;

import io.github.reedgate.config.Loopback;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.CertificateFault;
import io.github.reedgate.link.Diagnosis;
import io.github.reedgate.secrets.SecretException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges TLS: certificate, names, dates, protocol. */
final class TlsCheck {

    private static final Duration SOON = Duration.ofDays(30);
    private static final String ALERT = "Received fatal alert: ";
    private static final int MOST_CERTIFICATES = 4;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final Broker broker;
    private final Instant now;
    private final boolean isClockSynced;

    TlsCheck(Broker broker, Instant now, boolean isClockSynced) {
        this.broker = broker;
        this.now = now;
        this.isClockSynced = isClockSynced;
    }

    /** Shakes hands as the gateway does, and looks closer if that fails. */
    Finding look() throws GeneralSecurityException {
        BrokerSettings settings = broker.settings();
        if (!settings.usesTls()) {
            return Loopback.isLoopback(Loopback.hostOf(settings.url()))
                    ? Finding.ok(CheckName.TLS, "not used: " + settings.url() + " stays on this machine")
                    : Finding.warn(
                            CheckName.TLS,
                            "not used: everything, the password included, goes to " + broker.server()
                                    + " in clear text",
                            "have the broker listen with TLS and set broker.url to "
                                    + (settings.usesWebSocket() ? "wss://" : "mqtts://")
                                    + Loopback.hostOf(settings.url()));
        }
        try {
            Handshake handshake = new Handshake(broker);
            Handshake.Outcome strict = handshake.strict();
            Exception failure = strict.failure();
            if (failure == null) {
                return judgeDates(strict, now);
            }
            boolean isSaid = !strict.isClientAsked() || text(failure).contains(ALERT);
            Handshake.Outcome closer = isSaid && !strict.chain().isEmpty() ? strict : handshake.lenient();
            Handshake.Outcome seen = closer.chain().isEmpty() ? strict : closer;
            return seen.chain().isEmpty() ? withoutChain(closer) : explain(failure, seen);
        } catch (SecretException e) {
            return Finding.failed(CheckName.TLS, String.valueOf(e.getMessage()));
        }
    }

    /** All is well, but perhaps not for long. */
    static Finding judgeDates(Handshake.Outcome good, Instant now) {
        Instant end = good.chain().stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        String seen = good.protocol() + ", certificate of " + names(good.chain().get(0)) + ", valid until " + day(end);
        return Duration.between(now, end).compareTo(SOON) < 0
                ? Finding.warn(
                        CheckName.TLS,
                        seen + ": it expires soon",
                        "renew it on the broker (certbot renew, or deploy/broker again), then have the broker load it")
                : Finding.ok(CheckName.TLS, seen);
    }

    private Finding withoutChain(Handshake.Outcome seen) {
        if (PortProbe.isClearText(broker)) {
            String clear = broker.settings().usesWebSocket() ? "ws://" : "mqtt://";
            return Finding.fail(
                    CheckName.TLS,
                    broker.server() + " speaks " + clear.substring(0, clear.indexOf(':')) + " in clear text, not TLS",
                    "set broker.url to the broker's TLS port (8883 is usual), or have it listen with TLS there; "
                            + clear + " needs broker.insecure: true");
        }
        if (seen.failure() instanceof SocketTimeoutException) {
            return Finding.fail(
                    CheckName.TLS,
                    broker.server() + " took the connection and then said nothing",
                    "is that port the broker's? Correct it in broker.url; ask yourself: openssl s_client -connect "
                            + broker.server());
        }
        return Finding.fail(
                CheckName.TLS,
                "the handshake with " + broker.server() + " failed: " + text(seen.failure()),
                "is that the broker's TLS port? Ask yourself: openssl s_client -connect " + broker.server());
    }

    /**
     * In the words of the log, with what the certificate says of itself. A broker that refuses a client's certificate closes the
     * connection behind its alert: whoever still writes then may find it closed before the alert is read. The closer look mostly
     * got it.
     */
    Finding explain(Exception failure, Handshake.Outcome seen) {
        BrokerSettings settings = broker.settings();
        Optional<CertificateFault> fault = CertificateFault.of(failure, "broker", settings.caFile());
        if (fault.isPresent()) {
            return Finding.fail(
                    CheckName.TLS,
                    "broker " + broker.server() + " cannot be trusted: "
                            + fault.get().what() + facts(seen.chain()),
                    fault.get().fix() + clock());
        }
        for (Exception each : Arrays.asList(failure, seen.failure())) {
            if (each != null && text(each).contains(ALERT)) {
                return Finding.failed(
                        CheckName.TLS,
                        Diagnosis.of(each, broker.server(), settings).message());
            }
        }
        String text = text(failure);
        return seen.isClientAsked()
                ? clientCertificate(text)
                : Finding.fail(
                        CheckName.TLS,
                        "the handshake with " + broker.server() + " failed: " + text,
                        "see the broker's log; ask yourself: openssl s_client -connect " + broker.server());
    }

    private String clock() {
        return isClockSynced
                ? ""
                : "; this machine's clock says " + day(now) + " and is not synchronised: sudo timedatectl set-ntp true";
    }

    /** What each certificate says of itself. */
    private static String facts(List<X509Certificate> chain) {
        List<String> facts = new ArrayList<>();
        for (X509Certificate one : chain.subList(0, Math.min(MOST_CERTIFICATES, chain.size()))) {
            String issuer = plain(one.getIssuerX500Principal().getName());
            facts.add("for " + names(one)
                    + (isSelfSigned(one) ? ", signed by itself" : ", signed by " + issuer)
                    + ", valid from " + day(one.getNotBefore().toInstant())
                    + " to " + day(one.getNotAfter().toInstant()));
        }
        return " [it sent one " + String.join(" and one ", facts) + "]";
    }

    private Finding clientCertificate(String text) {
        BrokerSettings settings = broker.settings();
        return settings.certificateFile().isPresent()
                ? Finding.fail(
                        CheckName.TLS,
                        "the broker refuses the client certificate "
                                + settings.certificateFile().get() + ": " + text,
                        "have it signed by the authority the broker trusts for clients (mosquitto: cafile), and name it"
                                + " with broker.certificate_file and broker.key_file")
                : Finding.fail(
                        CheckName.TLS,
                        "the broker wants a client certificate, and there is none",
                        "name one with broker.certificate_file and broker.key_file, or take require_certificate out of"
                                + " the broker's configuration");
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    /** The names a certificate is for. */
    private static String names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.get(0) instanceof Integer kind && (kind == DNS_NAME || kind == IP_ADDRESS)) {
                    names.add(plain(String.valueOf(name.get(1))));
                }
            }
        } catch (CertificateParsingException e) {
            names.add("names that can't be read");
        }
        return names.isEmpty()
                ? plain(certificate.getSubjectX500Principal().getName())
                : String.join(", ", names.subList(0, Math.min(8, names.size())));
    }

    private static String text(@Nullable Throwable failure) {
        Throwable last = failure;
        for (int i = 0; i < 16 && last != null && last.getCause() != null; i++) {
            last = last.getCause();
        }
        return last == null || last.getMessage() == null ? String.valueOf(last) : plain(last.getMessage());
    }

    /** Without control characters: the other side wrote it. */
    private static String plain(String text) {
        String line = text.replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{S} ]", "?");
        return line.substring(0, Math.min(line.length(), 160));
    }

    private static String day(Instant time) {
        String text = time.toString().toUpperCase(Locale.ROOT);
        return text.substring(0, Math.min(10, text.length()));
    }
}
