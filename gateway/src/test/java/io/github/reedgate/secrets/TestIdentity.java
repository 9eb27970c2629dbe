package io.github.reedgate.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A self-signed certificate with its key, made by the JDK's keytool for one test run.
 *
 * @param certificate the certificate in PEM
 * @param key the key in PEM, PKCS#8
 */
public record TestIdentity(String certificate, String key) {

    private static final String PASSWORD = "not-a-secret";

    /**
     * Makes one that signed itself.
     *
     * @param algorithm {@code RSA}, {@code EC} or {@code Ed25519}
     * @param folder where the key store may be written
     */
    public static TestIdentity create(String algorithm, String commonName, Path folder) {
        Path store = folder.resolve(commonName + "-" + algorithm + ".p12");
        keytool("-alias", "it", "-keyalg", algorithm, "-dname", "CN=" + commonName, "-keystore", store.toString());
        return read(store);
    }

    /** Makes one in EC that an authority {@code CN=ca.example} signed; its certificate is the chain of both. */
    static TestIdentity createSigned(String commonName, Path folder) {
        String store = folder.resolve(commonName + "-signed.p12").toString();
        keytool("-alias", "ca", "-keyalg", "RSA", "-dname", "CN=ca.example", "-ext", "bc:c", "-keystore", store);
        keytool("-alias", "it", "-keyalg", "EC", "-dname", "CN=" + commonName, "-signer", "ca", "-keystore", store);
        return read(Path.of(store));
    }

    private static void keytool(String... options) {
        try {
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.addAll(List.of("-genkeypair", "-validity", "2", "-storetype", "PKCS12", "-storepass", PASSWORD));
            command.addAll(List.of(options));
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IllegalStateException("keytool failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static TestIdentity read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            StringBuilder chain = new StringBuilder();
            for (Certificate certificate : store.getCertificateChain("it")) {
                chain.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            byte[] key = store.getKey("it", PASSWORD.toCharArray()).getEncoded();
            return new TestIdentity(chain.toString(), pem("PRIVATE KEY", key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes as a PEM block. */
    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
