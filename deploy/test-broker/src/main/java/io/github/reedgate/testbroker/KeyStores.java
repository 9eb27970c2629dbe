package io.github.reedgate.testbroker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;

/** Turns PEM files into the PKCS#12 key stores that HiveMQ CE wants. */
final class KeyStores {

    /** Protects the stores, which lie in a folder that only this user can read and that is removed with the broker. */
    static final String PASSWORD = "test-broker";

    private KeyStores() {}

    static Path forServer(Identity identity, Path target) {
        try {
            KeyStore store = empty();
            Certificate[] chain = {PemFiles.certificate(identity.certificateFile())};
            store.setKeyEntry("server", key(identity.keyFile()), PASSWORD.toCharArray(), chain);
            return write(store, target);
        } catch (GeneralSecurityException e) {
            throw new BrokerException("cannot use the server's certificate " + identity.certificateFile(), e);
        }
    }

    static Path forTrust(Path authorityFile, Path target) {
        try {
            KeyStore store = empty();
            store.setCertificateEntry("authority", PemFiles.certificate(authorityFile));
            return write(store, target);
        } catch (GeneralSecurityException e) {
            throw new BrokerException("cannot use the certificate authority " + authorityFile, e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PrivateKey key(Path file) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(PemFiles.content(file)));
    }

    private static Path write(KeyStore store, Path target) throws GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(target)) {
            store.store(out, PASSWORD.toCharArray());
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
