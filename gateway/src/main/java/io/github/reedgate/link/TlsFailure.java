package io.github.reedgate.link;

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
        Optional<CertificateFault> fault = CertificateFault.of(failure, "broker", settings.caFile());
        if (fault.isPresent()) {
            return "broker " + server + " cannot be trusted: " + fault.get().what() + "; "
                    + fault.get().fix();
        }
        if (text.startsWith("not an SSL/TLS record") || text.startsWith("Unsupported or unrecognized SSL message")) {
            return "broker " + server + " does not speak TLS at that port; is that its TLS port?";
        }
        return "TLS with broker " + server + " failed: " + text + "; is that its TLS port"
                + (settings.certificateFile().isPresent()
                        ? ", and does it accept this client's certificate?"
                        : ", and does it want a client certificate?");
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
