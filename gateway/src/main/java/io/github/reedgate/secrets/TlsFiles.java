package io.github.reedgate.secrets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Turns PEM files into what TLS needs: the authorities to trust, and the client's own certificate with its key. Each call
 * reads and checks the files anew. Stateless.
 */
public final class TlsFiles {

    private static final char[] NO_PASSWORD = {};
    private static final byte[] PROBE = {1};

    private TlsFiles() {}

    /**
     * The authorities of a PEM bundle, to be trusted instead of the system's.
     *
     * @throws SecretException if the file can't be read, has no certificate or a broken one
     */
    public static TrustManagerFactory trust(Path caFile) throws SecretException {
        PemFile pem = PemFile.read("CA file", caFile);
        List<X509Certificate> authorities = certificates(pem);
        try {
            KeyStore store = emptyStore();
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("ca-" + i, authorities.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw pem.failure("cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The client's certificate chain (its own first) and private key.
     *
     * @throws SecretException if a file can't be read or used, or the two do not belong together
     */
    public static KeyManagerFactory identity(Path certificateFile, Path keyFile) throws SecretException {
        PemFile pem = PemFile.read("certificate file", certificateFile);
        List<X509Certificate> chain = certificates(pem);
        PemFile keyPem = PemFile.read("key file", keyFile);
        PrivateKey key = privateKey(keyPem);
        if (!belongTogether(key, chain.get(0).getPublicKey())) {
            throw keyPem.failure("does not belong to the first certificate in " + certificateFile
                    + "; the client's own certificate has to come first, then those that signed it");
        }
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw pem.failure(
                    "cannot be used: " + e.getMessage()
                            + "; the client's certificate comes first, then each the one that signed the one before",
                    e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static List<X509Certificate> certificates(PemFile pem) throws SecretException {
        List<PemFile.Block> blocks = pem.withLabel("CERTIFICATE");
        if (blocks.isEmpty()) {
            throw pem.failure("has no CERTIFICATE, only " + pem.blocks() + "; is it the right file?");
        }
        for (PemFile.Block block : pem.blocks()) {
            if (block.label().endsWith(" CERTIFICATE")) {
                throw pem.failure("has a certificate in another form, the " + block
                        + "; convert it with: openssl x509 -in FILE -out FILE.pem");
            }
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemFile.Block block : blocks) {
            try {
                CertificateFactory factory = CertificateFactory.getInstance("X.509");
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
            } catch (CertificateException | RuntimeException e) {
                throw pem.failure("is damaged: the " + block + " cannot be read; copy the file again", e);
            }
        }
        return certificates;
    }

    private static PrivateKey privateKey(PemFile pem) throws SecretException {
        List<PemFile.Block> blocks = pem.withLabel("PRIVATE KEY");
        if (blocks.size() != 1) {
            throw pem.failure(blocks.isEmpty() ? noKey(pem) : "has " + blocks.size() + " private keys; leave one");
        }
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(blocks.get(0).der());
        return Stream.of("RSA", "EdDSA", "EC")
                .flatMap(algorithm -> decode(algorithm, spec).stream())
                .findFirst()
                .orElseThrow(
                        () -> pem.failure("has a damaged private key, or one that is neither RSA, EC nor Ed25519"));
    }

    /** The key, if the bytes are one of this algorithm. */
    private static Optional<PrivateKey> decode(String algorithm, PKCS8EncodedKeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String noKey(PemFile pem) {
        for (PemFile.Block block : pem.blocks()) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return (block.label().startsWith("ENCRYPTED") || block.der().length == 0
                                ? "has an encrypted key, and there is nobody to type its password"
                                : "has a key in the older form '" + block.label() + "', PKCS#8 is needed")
                        + "; convert it with: openssl pkcs8 -topk8 -nocrypt -in " + pem.path() + " -out "
                        + pem.path() + ".pkcs8 (and give that file mode 0400)";
            }
        }
        return "has no PRIVATE KEY, only " + pem.blocks() + "; is it the right file?";
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            // Of an empty text, the JDK's EdDSA does not verify what it signed itself.
            signer.update(PROBE);
            byte[] signed = signer.sign();
            signer.initVerify(certified);
            signer.update(PROBE);
            return signer.verify(signed);
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }
}
