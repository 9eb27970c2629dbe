package io.github.reedgate.doctor;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** The client's own key, if it has one; remembers whether a server asked for it. Used by one thread. */
final class WatchedKeys extends X509ExtendedKeyManager {

    private final Optional<X509KeyManager> own;
    private boolean asked;

    WatchedKeys(KeyManager[] own) {
        this.own = Arrays.stream(own)
                .filter(X509KeyManager.class::isInstance)
                .map(X509KeyManager.class::cast)
                .findFirst();
    }

    /** True if a server asked for a client certificate. */
    boolean wasAsked() {
        return asked;
    }

    /** True if there is one to show. */
    boolean hasOwn() {
        return own.isPresent();
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        asked = true;
        return own.map(keys -> keys.chooseClientAlias(types, issuers, socket)).orElse(null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return own.map(keys -> keys.getCertificateChain(alias)).orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return own.map(keys -> keys.getPrivateKey(alias)).orElse(null);
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        return own.map(keys -> keys.getClientAliases(type, issuers)).orElse(null);
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
