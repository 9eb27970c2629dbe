package io.github.reedgate.notify;

import io.github.reedgate.secrets.SecretException;
import io.github.reedgate.secrets.TlsFiles;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP client for each server and file of authorities, made when it is wanted first. Requests name an address; TLS is with
 * the server's name. Safe for use by any thread.
 */
final class Clients {

    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);

    private final Executor threads;
    private final Map<Use, HttpClient> clients = new HashMap<>();

    /** Whom a client talks to, and whom it trusts. */
    private record Use(String server, Optional<Path> caFile) {}

    Clients(Executor threads) {
        this.threads = threads;
        HttpSettings.apply();
    }

    /**
     * The client for a server that trusts those authorities; the system's if there is no file. Blocks for the disk when it is
     * made.
     *
     * @throws SecretException if the file can't be used
     */
    synchronized HttpClient of(Approach server, Optional<Path> caFile) throws SecretException {
        Use use = new Use(server.certificateName(), caFile);
        HttpClient known = clients.get(use);
        if (known != null) {
            return known;
        }
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(threads);
        if (server.isTls()) {
            SSLContext context = new NamedTls(context(caFile), use.server());
            client.sslContext(context).sslParameters(parameters(context, use.server()));
        }
        HttpClient made = client.build();
        clients.put(use, made);
        return made;
    }

    /** The file may be another by now: it is read again for the next request. */
    synchronized void forget(Optional<Path> caFile) {
        clients.keySet().removeIf(use -> use.caFile().equals(caFile));
    }

    private static SSLParameters parameters(SSLContext context, String name) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!Approach.isAddress(name)) {
            try {
                parameters.setServerNames(List.of(new SNIHostName(name)));
            } catch (IllegalArgumentException e) {
                LOG.debug("no certificate can be for the name {}, so that TLS will fail", name, e);
            }
        }
        return parameters;
    }

    private static SSLContext context(Optional<Path> file) throws SecretException {
        if (file.isEmpty()) {
            return system();
        }
        Path caFile = file.get();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, TlsFiles.trust(caFile).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new SecretException("CA file " + caFile + " can't be used: " + e.getMessage(), e);
        }
    }

    private static SSLContext system() throws SecretException {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new SecretException("the authorities of the system can't be used: " + e.getMessage(), e);
        }
    }
}
