package io.github.reedgate.testbroker;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes certificates for tests: an authority, and whatever it is asked to sign, as PEM files in a given folder. A second
 * kit with another name is a foreign authority. All keys are EC P-256. Immutable apart from the files it writes.
 */
public final class CertificateKit {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String SIGNATURE = "SHA256withECDSA";
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    private final SecureRandom random = new SecureRandom();
    private final Path folder;
    private final String name;
    private final KeyPair authorityKeys;
    private final Path authorityFile;

    /**
     * Makes an authority.
     *
     * @param folder where the files go; must exist
     * @param name the authority's common name; also begins all file names, so it is made of letters and hyphens
     */
    public CertificateKit(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        this.authorityKeys = keys();
        Instant now = Instant.now();
        this.authorityFile = write(
                name, certificate(new Subject(name, authorityKeys, true), List.of(), now.minus(DAY), now.plus(DAY)));
    }

    private CertificateKit(CertificateKit above, String name, Instant until) {
        this.folder = above.folder;
        this.name = name;
        this.authorityKeys = keys();
        Instant from = Instant.now().minus(DAY);
        this.authorityFile =
                write(name, above.certificate(new Subject(name, authorityKeys, true), List.of(), from, until));
    }

    /**
     * An intermediate authority below this one; who trusts this one trusts what it signs, as long as its certificate is sent.
     *
     * @param lasts how long its certificate is valid from now on; negative if it has expired
     */
    public CertificateKit below(String intermediate, Duration lasts) {
        return new CertificateKit(this, intermediate, Instant.now().plus(lasts));
    }

    /** The authority's own certificate, which a client has to trust. */
    public Path authorityFile() {
        return authorityFile;
    }

    /** A server's certificate, valid now, for these host names and IP addresses. */
    public Identity server(String... hosts) {
        Instant now = Instant.now();
        return identity("server", List.of(hosts), now.minus(DAY), now.plus(DAY));
    }

    /** A server's certificate that was valid until an hour ago. */
    public Identity expiredServer(String... hosts) {
        Instant now = Instant.now();
        return identity("expired", List.of(hosts), now.minus(DAY), now.minus(Duration.ofHours(1)));
    }

    /** A server's certificate that is not valid before an hour from now. */
    public Identity futureServer(String... hosts) {
        Instant now = Instant.now();
        return identity("future", List.of(hosts), now.plus(Duration.ofHours(1)), now.plus(DAY));
    }

    /** A server's certificate, valid now, that no authority signed but its own key. */
    public Identity selfSignedServer(String... hosts) {
        KeyPair keys = keys();
        Instant now = Instant.now();
        Subject subject = new Subject("self-signed", keys, false);
        byte[] certificate =
                certificate(new Issuer("self-signed", keys), subject, List.of(hosts), now.minus(DAY), now.plus(DAY));
        return written("self-signed", keys, certificate);
    }

    /** A server's certificate that stays valid for some time. */
    public Identity server(Duration lasts, String... hosts) {
        Instant now = Instant.now();
        return identity("lasting", List.of(hosts), now.minus(DAY), now.plus(lasts));
    }

    /** A client's certificate that was valid until an hour ago. */
    public Identity expiredClient(String commonName) {
        Instant now = Instant.now();
        return identity(commonName, List.of(), now.minus(DAY), now.minus(Duration.ofHours(1)));
    }

    /** A client's certificate, valid now. */
    public Identity client(String commonName) {
        Instant now = Instant.now();
        return identity(commonName, List.of(), now.minus(DAY), now.plus(DAY));
    }

    private Identity identity(String commonName, List<String> hosts, Instant from, Instant until) {
        KeyPair keys = keys();
        return written(commonName, keys, certificate(new Subject(commonName, keys, false), hosts, from, until));
    }

    private Identity written(String commonName, KeyPair keys, byte[] signed) {
        String fileName = name + "-" + commonName + "-" + Long.toHexString(random.nextLong());
        Path certificate = write(fileName, signed);
        Path key = PemFiles.write(
                folder.resolve(fileName + ".key"),
                "PRIVATE KEY",
                keys.getPrivate().getEncoded());
        return new Identity(certificate, key);
    }

    private Path write(String fileName, byte[] certificate) {
        return PemFiles.write(folder.resolve(fileName + ".crt"), "CERTIFICATE", certificate);
    }

    /** Whose certificate is made. */
    private record Subject(String commonName, KeyPair keys, boolean isAuthority) {}

    /** Who signs it. */
    private record Issuer(String commonName, KeyPair keys) {}

    private byte[] certificate(Subject subject, List<String> hosts, Instant from, Instant until) {
        return certificate(new Issuer(name, authorityKeys), subject, hosts, from, until);
    }

    private byte[] certificate(Issuer issuer, Subject subject, List<String> hosts, Instant from, Instant until) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=" + issuer.commonName()),
                    new BigInteger(64, random).add(BigInteger.ONE),
                    Date.from(from),
                    Date.from(until),
                    new X500Name("CN=" + subject.commonName()),
                    subject.keys().getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(subject.isAuthority()));
            if (!hosts.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
            }
            X509CertificateHolder signed = builder.build(
                    new JcaContentSignerBuilder(SIGNATURE).build(issuer.keys().getPrivate()));
            return signed.getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new BrokerException("cannot make a certificate for " + subject.commonName(), e);
        }
    }

    private static GeneralNames names(List<String> hosts) {
        Stream<GeneralName> names = hosts.stream()
                .map(host -> new GeneralName(
                        IP_ADDRESS.matcher(host).matches() ? GeneralName.iPAddress : GeneralName.dNSName, host));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new BrokerException("cannot make a key", e);
        }
    }
}
