package io.github.reedgate.link;

import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Why this side does not trust a server's certificate, in the words of log, doctor and notifications alike. Immutable.
 *
 * @param what what is wrong, lower case first
 * @param fix what to do about it, lower case first
 */
public record CertificateFault(String what, String fix) {

    /**
     * Reads a failed handshake.
     *
     * @param failure what was thrown, wrapped in whatever
     * @param party what the server is to the reader, such as {@code broker}
     * @param caFile PEM file of the authorities that are trusted instead of the system's
     * @return empty if the handshake failed for something else
     */
    public static Optional<CertificateFault> of(Throwable failure, String party, Optional<Path> caFile) {
        String text = Diagnosis.deepest(failure);
        if (Diagnosis.find(failure, CertificateExpiredException.class).isPresent()) {
            return fault(whose(failure) + " has expired", "renew it on the " + party + ", or set this machine's clock");
        } else if (Diagnosis.find(failure, CertificateNotYetValidException.class)
                .isPresent()) {
            return fault(
                    whose(failure) + " is not valid yet",
                    "is this machine's clock right? If it is, that of the machine was not on which it was made: have"
                            + " it made again");
        } else if (Diagnosis.find(failure, CertPathBuilderException.class).isPresent()) {
            return Optional.of(unknownAuthority(party, caFile));
        } else if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
            return fault(
                    "its certificate is for another host (" + text + ")",
                    "use a name that is in it, or have it issued for this one");
        } else if (text.startsWith("Illegal given domain name")) {
            return fault(
                    "no certificate can be for such a host name (" + text + ")",
                    "use a name of letters, digits, dots and hyphens, or the address");
        } else if (Diagnosis.find(failure, CertPathValidatorException.class).isPresent()) {
            return fault(whose(failure) + " is not acceptable (" + text + ")", "have another one issued");
        }
        return Optional.empty();
    }

    private static Optional<CertificateFault> fault(String what, String fix) {
        return Optional.of(new CertificateFault(what, fix));
    }

    /** An authority is missing here, or a certificate of the chain is missing there: this side can't tell which. */
    private static CertificateFault unknownAuthority(String party, Optional<Path> caFile) {
        return new CertificateFault(
                "its certificate was signed by none of the authorities "
                        + caFile.map(file -> "in " + file).orElse("of this system")
                        + ", and the " + party + " sent none that leads to one of them",
                caFile.map(file -> "put the " + party + "'s CA certificate there")
                                .orElse("name the " + party + "'s CA certificate with ca_file")
                        + " (one that signed itself is its own CA), or, if it is there, have the " + party
                        + " send the intermediate certificates behind its own");
    }

    /** Whose certificate of the chain was found bad. */
    private static String whose(Throwable failure) {
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
}
