package io.github.reedgate.link;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a failed TLS handshake means and what to do about it: whose certificate is at fault, the broker's own, an authority's
 * behind it, or this client's. Immutable.
 *
 * @param failure what was thrown
 * @param server the broker as {@code host:port}
 * @param settings of the connection; name the files in the fix
 */
record TlsFailure(Throwable failure, String server, BrokerSettings settings) {

    private static final String ALERT = "Received fatal alert: ";

    /** The diagnosis. */
    Diagnosis diagnosis() {
        return new Diagnosis(LinkTrouble.TLS, message());
    }

    private String message() {
        String text = Diagnosis.deepest(failure);
        // some versions of Java put the alert's name in brackets before it
        int alert = text.indexOf(ALERT);
        if (alert >= 0) {
            return alert(text.substring(alert + ALERT.length()));
        }
        String start = "broker " + server + " cannot be trusted: ";
        if (Diagnosis.find(failure, CertificateExpiredException.class).isPresent()) {
            return start + whose() + " has expired; renew it on the broker, or set this machine's clock";
        }
        if (Diagnosis.find(failure, CertificateNotYetValidException.class).isPresent()) {
            return start + whose() + " is not valid yet; is this machine's clock right?";
        }
        if (Diagnosis.find(failure, CertPathBuilderException.class).isPresent()) {
            return start + unknownAuthority();
        }
        if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
            return start + "its certificate is for another host (" + text + "); use a name that is in it, "
                    + "or have it issued for this one";
        }
        if (text.startsWith("Illegal given domain name")) {
            return start + "no certificate can be for such a host name (" + text + "); use a name of letters, digits,"
                    + " dots and hyphens, or the address";
        }
        if (Diagnosis.find(failure, CertPathValidatorException.class).isPresent()) {
            return start + whose() + " is not acceptable (" + text + "); have another one issued";
        }
        if (text.startsWith("not an SSL/TLS record") || text.startsWith("Unsupported or unrecognized SSL message")) {
            return "broker " + server + " does not speak TLS at that port; is that its TLS port?";
        }
        return "TLS with broker " + server + " failed: " + text + "; is that its TLS port"
                + (settings.certificateFile().isPresent()
                        ? ", and does it accept this client's certificate?"
                        : ", and does it want a client certificate?");
    }

    /** An authority is missing here, or a certificate of the chain is missing there: this side can't tell which. */
    private String unknownAuthority() {
        return "its certificate was signed by none of the authorities "
                + settings.caFile()
                        .map(file ->
                                "in " + file + ", and the broker sent none that leads to one of them; put the broker's"
                                        + " CA certificate there")
                        .orElse("of this system, and the broker sent none that leads to one of them; name the broker's"
                                + " CA certificate with ca_file")
                + ", or, if it is there, have the broker send the intermediate certificates behind its own";
    }

    /** Whose certificate of the chain was found bad. */
    private String whose() {
        Optional<CertPathValidatorException> place = Diagnosis.find(failure, CertPathValidatorException.class);
        if (place.isEmpty() || place.get().getIndex() <= 0 || place.get().getCertPath() == null) {
            return "its certificate";
        }
        List<? extends Certificate> chain = place.get().getCertPath().getCertificates();
        int index = place.get().getIndex();
        return index < chain.size() && chain.get(index) instanceof X509Certificate authority
                ? "the certificate of the authority '"
                        + Diagnosis.printable(
                                authority.getSubjectX500Principal().getName()) + "' behind its own"
                : "a certificate behind its own";
    }

    /** The broker ended the handshake: it finds fault with this side. */
    private String alert(String word) {
        String said = "broker " + server + " ended the TLS handshake: " + word.replace('_', ' ');
        String file = settings.certificateFile().map(path -> " " + path).orElse("");
        return said
                + switch (word) {
                    case "certificate_required" ->
                        settings.certificateFile().isPresent()
                                // Java sends none that the broker's list of authorities does not cover
                                ? "; it wants a client certificate, and knows no authority that signed this client's"
                                        + " certificate" + file + ": have it trust that one"
                                : "; it wants a client certificate: name one with certificate_file and key_file";
                    case "certificate_expired" ->
                        "; this client's certificate" + file + " has expired, or the broker's clock is wrong";
                    case "unknown_ca" ->
                        "; the broker knows no authority that signed this client's certificate" + file
                                + ": have it trust that one";
                    case "bad_certificate",
                            "unsupported_certificate",
                            "certificate_revoked",
                            "certificate_unknown",
                            "access_denied" ->
                        settings.certificateFile().isPresent()
                                ? "; the broker does not accept this client's certificate" + file
                                : "; it wants a client certificate: name one with certificate_file and key_file";
                    case "unrecognized_name" -> "; it serves no such host: use the name that its certificate has";
                    case "protocol_version" -> "; it has to speak TLS 1.2 or 1.3: update the broker";
                    case "handshake_failure", "insufficient_security" ->
                        settings.certificateFile().isPresent()
                                ? "; the two have no cipher in common, or it does not accept this client's certificate"
                                        + file
                                : "; the two have no cipher in common, or it wants a client certificate: name one with"
                                        + " certificate_file and key_file";
                    default -> "; is that its TLS port? See the broker's log";
                };
    }
}
