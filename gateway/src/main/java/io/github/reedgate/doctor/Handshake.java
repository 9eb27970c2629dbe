package io.github.reedgate.doctor;

import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.secrets.SecretException;
import io.github.reedgate.secrets.TlsFiles;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS handshakes with a broker, to be looked at. Used by one thread. */
final class Handshake {

    /** PINGREQ: whoever speaks MQTT closes the connection, since CONNECT has to come first. */
    private static final byte[] NO_CONNECT = {(byte) 0xC0, 0};

    /** For a WebSocket: any answer will do. */
    private static final byte[] NO_HTTP = "GET\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** How long a broker may take to refuse a client's certificate behind the handshake. */
    private static final int VERDICT_MILLIS = 1_000;

    private final Broker broker;
    private final WatchedKeys keys;

    /**
     * Ready to connect.
     *
     * @throws SecretException if the client's certificate or key can't be used
     */
    Handshake(Broker broker) throws SecretException {
        this.broker = broker;
        this.keys = new WatchedKeys(own(broker.settings()));
    }

    private static KeyManager[] own(BrokerSettings settings) throws SecretException {
        return settings.certificateFile().isPresent() && settings.keyFile().isPresent()
                ? TlsFiles.identity(
                                settings.certificateFile().get(),
                                settings.keyFile().get())
                        .getKeyManagers()
                : new KeyManager[0];
    }

    /**
     * How it went.
     *
     * @param chain the broker's certificates, its own first; empty if it sent none
     * @param failure why it failed; null if it did not
     * @param isClientAsked whether the broker asked for a client certificate
     * @param protocol {@code TLSv1.3}; empty if it failed
     */
    record Outcome(List<X509Certificate> chain, @Nullable Exception failure, boolean isClientAsked, String protocol) {}

    /** As the gateway does it: the chain and the host name are checked. */
    Outcome strict() throws SecretException, GeneralSecurityException {
        return shake(trust(), true);
    }

    /** Takes any certificate, to have a look at it; nothing else is sent over such a connection. */
    Outcome lenient() throws GeneralSecurityException {
        return shake(new Anybody(), false);
    }

    private X509TrustManager trust() throws SecretException, GeneralSecurityException {
        TrustManagerFactory factory;
        if (broker.settings().caFile().isPresent()) {
            factory = TlsFiles.trust(broker.settings().caFile().get());
        } else {
            factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
        }
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("this Java has no X.509 trust manager"));
    }

    private Outcome shake(X509TrustManager trust, boolean checkName) throws GeneralSecurityException {
        Recorder recorder = new Recorder(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {keys}, new TrustManager[] {checkName ? trust : recorder}, null);
        try (Socket plain = broker.connect();
                SSLSocket socket = (SSLSocket) context.getSocketFactory()
                        .createSocket(plain, broker.host(), broker.settings().port(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            if (checkName) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            List<X509Certificate> chain = Arrays.stream(socket.getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
            String protocol = socket.getSession().getProtocol();
            return new Outcome(chain, keys.wasAsked() ? alert(socket) : null, keys.wasAsked(), protocol);
        } catch (IOException e) {
            return new Outcome(recorder.seen(), e, keys.wasAsked(), "");
        }
    }

    /**
     * With TLS 1.3 a server judges the client's certificate behind the handshake (RFC 8446, 4.4.2.4) and tells by an alert or
     * by ending the connection. It gets a while to do so; then whatever it answers to nonsense tells that it took it.
     */
    private @Nullable Exception alert(SSLSocket socket) {
        try {
            int limit = socket.getSoTimeout();
            socket.setSoTimeout(Math.min(limit, VERDICT_MILLIS));
            if (endsByItself(socket)) {
                return new SSLException("the broker ended the connection behind the handshake");
            }
            socket.setSoTimeout(limit);
            socket.getOutputStream().write(broker.settings().usesWebSocket() ? NO_HTTP : NO_CONNECT);
            socket.getOutputStream().flush();
            socket.getInputStream().read();
            return null;
        } catch (SocketTimeoutException e) {
            return null;
        } catch (SSLException e) {
            return e;
        } catch (IOException e) {
            return keys.hasOwn() ? null : e;
        }
    }

    private static boolean endsByItself(SSLSocket socket) throws SSLException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SSLException e) {
            throw e;
        } catch (IOException e) {
            return true;
        }
    }

    /** Remembers the chain that another trust manager judges. */
    private static final class Recorder implements X509TrustManager {

        private final X509TrustManager judge;
        private List<X509Certificate> seen = List.of();

        Recorder(X509TrustManager judge) {
            this.judge = judge;
        }

        List<X509Certificate> seen() {
            return seen;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            judge.checkClientTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            seen = List.of(chain);
            judge.checkServerTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return judge.getAcceptedIssuers();
        }
    }

    /** Trusts everybody: for looking only. */
    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no client is expected");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // The strict handshake judges it.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
