package io.github.reedgate.doctor;

import io.github.reedgate.config.Loopback;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.LinkException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges TLS: certificate, names, dates, protocol. */
final class TlsCheck {

    private static final Duration SOON = Duration.ofDays(30);
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
            if (strict.failure() == null) {
                return judgeDates(strict, now);
            }
            Handshake.Outcome seen = strict.chain().isEmpty() ? handshake.lenient() : strict;
            return seen.chain().isEmpty() ? withoutChain(seen) : explain(handshake, strict, seen);
        } catch (LinkException e) {
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

    private Finding explain(Handshake handshake, Handshake.Outcome strict, Handshake.Outcome seen)
            throws LinkException, GeneralSecurityException {
        Optional<Finding> dates = judgeValidity(seen.chain());
        if (dates.isPresent()) {
            return dates.get();
        }
        X509Certificate own = seen.chain().get(0);
        if (handshake.distrust(seen.chain()) != null) {
            return Finding.fail(
                    CheckName.TLS,
                    "the certificate of " + broker.server() + " was signed by "
                            + plain(own.getIssuerX500Principal().getName()) + ", which is not trusted",
                    broker.settings()
                                    .caFile()
                                    .map(file -> "put the certificate of the broker's authority (CA) into " + file
                                            + " (broker.ca_file)")
                                    .orElse("copy the certificate of the broker's authority (CA) to this machine and"
                                            + " name it with broker.ca_file")
                            + (seen.chain().size() == 1 && !isSelfSigned(own)
                                    ? "; if it is there, the broker does not send the intermediate certificate: put"
                                            + " that behind its own in its certfile"
                                    : ""));
        }
        String text = text(strict.failure());
        if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
            return Finding.fail(
                    CheckName.TLS,
                    "the certificate is not for " + broker.host() + ", but for " + names(own),
                    "use one of these names in broker.url, or have the certificate issued for " + broker.host());
        }
        return seen.isClientAsked()
                ? clientCertificate(text)
                : Finding.fail(
                        CheckName.TLS,
                        "the handshake with " + broker.server() + " failed: " + text,
                        "see the broker's log; ask yourself: openssl s_client -connect " + broker.server());
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

    private Optional<Finding> judgeValidity(List<X509Certificate> chain) {
        for (X509Certificate one : chain) {
            boolean isOwn = one.equals(chain.get(0));
            Instant begin = one.getNotBefore().toInstant();
            Instant end = one.getNotAfter().toInstant();
            String whose =
                    (isOwn ? "the certificate of " : "the certificate of the authority behind the broker's own, ")
                            + names(one)
                            + (isOwn ? "" : ",");
            String clock = "set this machine's clock, which says " + day(now)
                    + (isClockSynced ? "" : " and is not synchronised") + ": sudo timedatectl set-ntp true";
            if (now.isBefore(begin)) {
                return Optional.of(Finding.fail(CheckName.TLS, whose + " is not valid before " + day(begin), clock));
            }
            if (now.isAfter(end)) {
                String renew = "renew it on the broker (certbot renew, or deploy/broker again)";
                return Optional.of(Finding.fail(
                        CheckName.TLS,
                        whose + " expired on " + day(end),
                        isClockSynced ? renew : renew + ", or " + clock));
            }
        }
        return Optional.empty();
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
