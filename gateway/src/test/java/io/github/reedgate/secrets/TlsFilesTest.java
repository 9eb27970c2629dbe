package io.github.reedgate.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.text.Spoilt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys in PEM, whole and broken in every way we could think of. */
class TlsFilesTest {

    @TempDir
    static Path keys;

    private static TestIdentity rsa;
    private static TestIdentity ec;
    private static TestIdentity ed;

    @TempDir
    Path folder;

    @BeforeAll
    static void createKeys() {
        rsa = TestIdentity.create("RSA", "rsa.example", keys);
        ec = TestIdentity.create("EC", "ec.example", keys);
        ed = TestIdentity.create("Ed25519", "ed.example", keys);
    }

    @Test
    void everyCertificateOfTheBundleIsTrusted() throws Exception {
        Path bundle = file("# our own\n" + rsa.certificate() + "\nand another\n" + ec.certificate());

        assertThat(trusted(TlsFiles.trust(bundle))).containsExactlyInAnyOrder("CN=rsa.example", "CN=ec.example");
    }

    @Test
    void windowsLineEndsAreUnderstood() throws Exception {
        Path bundle = file(rsa.certificate().replace("\n", "\r\n"));

        assertThat(trusted(TlsFiles.trust(bundle))).containsExactly("CN=rsa.example");
    }

    @Test
    void keysOfEachKindAreRead() throws Exception {
        for (TestIdentity identity : new TestIdentity[] {rsa, ec, ed}) {
            X509KeyManager keyManager =
                    (X509KeyManager) TlsFiles.identity(file(identity.certificate()), file(identity.key()))
                            .getKeyManagers()[0];

            assertThat(keyManager.getPrivateKey("client").getEncoded()).isEqualTo(keyBytes(identity.key()));
            assertThat(keyManager.getCertificateChain("client")).hasSize(1);
        }
    }

    @Test
    void chainKeepsItsOrder() throws Exception {
        TestIdentity signed = TestIdentity.createSigned("client.example", folder);

        X509KeyManager keyManager = (X509KeyManager) TlsFiles.identity(file(signed.certificate()), file(signed.key()))
                .getKeyManagers()[0];

        assertThat(keyManager.getCertificateChain("client"))
                .extracting(certificate -> certificate.getSubjectX500Principal().getName())
                .containsExactly("CN=client.example", "CN=ca.example");
    }

    @Test
    void certificatesThatAreNoChainAreRefused() {
        Path chain = file(ec.certificate() + rsa.certificate());

        assertRefused(
                () -> TlsFiles.identity(chain, file(ec.key())),
                "certificate file " + chain + " cannot be used: Certificate chain is not valid; "
                        + "the client's certificate comes first, then each the one that signed the one before");
    }

    @Test
    void oneFileMayHoldCertificateAndKey() throws Exception {
        Path both = file(rsa.certificate() + rsa.key());

        assertThat(TlsFiles.identity(both, both).getKeyManagers()).hasSize(1);
    }

    @Test
    void keyOfAnotherCertificateIsRefused() {
        Path certificate = file(rsa.certificate());
        Path key = file(ec.key());

        assertRefused(
                () -> TlsFiles.identity(certificate, key),
                "key file " + key + " does not belong to the first certificate in " + certificate
                        + "; the client's own certificate has to come first, then those that signed it");
    }

    @Test
    void keyInAnOlderFormIsRefusedWithTheCommandThatConvertsIt() {
        for (String label : new String[] {"RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
            Path key = file("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                    + rsa.key().replace("PRIVATE KEY", label));

            assertRefused(
                    () -> TlsFiles.identity(file(rsa.certificate()), key),
                    "key file " + key + " has a key in the older form '" + label
                            + "', PKCS#8 is needed; convert it with: openssl pkcs8 -topk8 -nocrypt -in " + key
                            + " -out "
                            + key + ".pkcs8 (and give that file mode 0400)");
        }
    }

    @Test
    void encryptedKeyIsRefusedWithTheCommandThatConvertsIt() {
        Path pkcs8 = file(rsa.key().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
        Path pkcs1 = file("""
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-128-CBC,00

            AAAA
            -----END RSA PRIVATE KEY-----
            """);

        for (Path key : new Path[] {pkcs8, pkcs1}) {
            assertRefused(
                    () -> TlsFiles.identity(file(rsa.certificate()), key),
                    "key file " + key + " has an encrypted key, and there is nobody to type its password; "
                            + "convert it with: openssl pkcs8 -topk8 -nocrypt -in " + key + " -out " + key
                            + ".pkcs8 (and give that file mode 0400)");
        }
    }

    @Test
    void filesInEachOthersPlaceAreTold() {
        Path key = file(rsa.key());
        Path certificate = file("\n" + rsa.certificate());

        assertRefused(
                () -> TlsFiles.trust(key),
                "CA file " + key + " has no CERTIFICATE, only [PRIVATE KEY in line 1]; is it the right file?");
        assertRefused(
                () -> TlsFiles.identity(certificate, certificate),
                "key file " + certificate + " has no PRIVATE KEY, only [CERTIFICATE in line 2]; is it the right file?");
    }

    @Test
    void twoKeysInAFileAreRefused() {
        Path key = file(rsa.key() + ec.key());

        assertRefused(
                () -> TlsFiles.identity(file(rsa.certificate()), key),
                "key file " + key + " has 2 private keys; leave one");
    }

    @Test
    void brokenFilesAreToldApart() {
        Path der = file("0\u0082binary");
        assertRefused(
                () -> TlsFiles.trust(der),
                "CA file " + der
                        + " has no '-----BEGIN …-----' line, so it is not PEM; convert a DER certificate with: "
                        + "openssl x509 -inform der -in FILE -out FILE.pem, a PKCS#12 file (.p12, .pfx) with: "
                        + "openssl pkcs12 -in FILE -nodes -out FILE.pem");
        Path cut = file("\n\n" + rsa.certificate().substring(0, 300));
        assertRefused(
                () -> TlsFiles.trust(cut),
                "CA file " + cut + ": the CERTIFICATE in line 3 has no '-----END CERTIFICATE-----'; "
                        + "the file was cut short, copy it again");
        Path garbled = file("-----BEGIN CERTIFICATE-----\n&&&\n-----END CERTIFICATE-----\n");
        assertRefused(
                () -> TlsFiles.trust(garbled),
                "CA file " + garbled + ": what follows line 1 is damaged, it is not base64; copy the file again");
        Path damaged = file("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertRefused(
                () -> TlsFiles.trust(damaged),
                "CA file " + damaged + " is damaged: the CERTIFICATE in line 1 cannot be read; copy the file again");
        Path noKey = file("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertRefused(
                () -> TlsFiles.identity(file(rsa.certificate()), noKey),
                "key file " + noKey + " has a damaged private key, or one that is neither RSA, EC nor Ed25519");
    }

    @Test
    void secondCertificateCutShortIsNotSkipped() {
        Path cut = file(rsa.certificate().replaceAll("-----END[^\n]*\n", "") + ec.certificate());

        assertRefused(
                () -> TlsFiles.trust(cut),
                "CA file " + cut + ": the CERTIFICATE in line 1 has no '-----END CERTIFICATE-----'; "
                        + "the file was cut short, copy it again");
    }

    @Test
    void firstBlockBehindAByteOrderMarkIsRead() throws Exception {
        String two = rsa.certificate() + "\n" + ec.certificate();
        for (byte[] bundle : List.of(
                ("\uFEFF" + two).getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + rsa.certificate() + "\uFEFF" + ec.certificate()).getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + two).getBytes(StandardCharsets.UTF_16LE),
                ("\uFEFF" + two).getBytes(StandardCharsets.UTF_16BE),
                ("\uFEFF" + two.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_16LE),
                ("  " + two.replace("\n", "  \n  ")).getBytes(StandardCharsets.UTF_8))) {
            Path file = Files.write(folder.resolve("windows.pem"), bundle);
            assertThat(trusted(TlsFiles.trust(file))).containsExactlyInAnyOrder("CN=rsa.example", "CN=ec.example");
        }
        Path key =
                Files.write(folder.resolve("windows.key"), ("\uFEFF" + rsa.key()).getBytes(StandardCharsets.UTF_16LE));
        assertThat(TlsFiles.identity(file(rsa.certificate()), key).getKeyManagers())
                .hasSize(1);
    }

    @Test
    void whatCannotBeRecognisedIsNotSkipped() throws Exception {
        Path utf16 = Files.write(folder.resolve("ca.pem"), rsa.certificate().getBytes(StandardCharsets.UTF_16LE));
        assertRefused(
                () -> TlsFiles.trust(utf16),
                "CA file " + utf16 + " is UTF-16 without a byte order mark; save it as UTF-8");
        Path blocks = file(rsa.certificate().replace("-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE----")
                + ec.certificate());
        assertRefused(
                () -> TlsFiles.trust(blocks),
                "CA file " + blocks
                        + ": line 1 begins a block, but not as '-----BEGIN …-----' does; copy the file again");
        Path other = file(rsa.certificate().replace("CERTIFICATE", "TRUSTED CERTIFICATE") + ec.certificate());
        assertRefused(
                () -> TlsFiles.trust(other),
                "CA file " + other + " has a certificate in another form, the TRUSTED CERTIFICATE in line 1; convert it"
                        + " with: openssl x509 -in FILE -out FILE.pem");
        Path pkcs12 = Files.write(folder.resolve("ca.p12"), new byte[] {0x30, (byte) 0x82, 4, 0, 2, 1, 3, 0x30});
        assertThatThrownBy(() -> TlsFiles.trust(pkcs12)).hasMessageContaining("openssl pkcs12");
    }

    @Test
    void spoiltFilesAreRefusedAndNothingElseIsThrown() {
        Spoilt.eachBytes(List.of(rsa.certificate(), ec.key(), rsa.certificate() + rsa.key()), bytes -> {
            try {
                Path file = Files.write(folder.resolve("spoilt.pem"), bytes);
                TlsFiles.trust(file);
                TlsFiles.identity(file, file);
            } catch (SecretException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void randomDamageNeverGivesAnotherException() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        byte[] whole = (ec.certificate() + ec.key()).getBytes(StandardCharsets.ISO_8859_1);
        for (int round = 0; round < 500; round++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Path file = folder.resolve("damaged");
            try {
                Files.write(file, damaged);
                TlsFiles.trust(file);
                TlsFiles.identity(file, file);
            } catch (SecretException e) {
                assertThat(e.getMessage()).as("seed %d round %d", seed, round).contains(file.toString());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(SecretException.class).hasMessage(message);
    }

    private static String[] trusted(TrustManagerFactory factory) {
        X509Certificate[] issuers = ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers();
        return Arrays.stream(issuers)
                .map(issuer -> issuer.getSubjectX500Principal().getName())
                .toArray(String[]::new);
    }

    private static byte[] keyBytes(String pem) {
        return java.util.Base64.getMimeDecoder()
                .decode(pem.replaceAll("-----[^\n]*\n", "").strip());
    }

    private Path file(String content) {
        try {
            return Files.writeString(Files.createTempFile(folder, "tls", ".pem"), content, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
