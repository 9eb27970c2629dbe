package io.github.reedgate.notify;

import io.github.reedgate.link.LinkException;
import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.link.TlsFiles;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/** One HTTP client for each file of authorities, made when it is wanted first. Safe for use by any thread. */
final class Clients {

    private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";

    private final Executor threads;
    private final Map<Optional<Path>, HttpClient> clients = new HashMap<>();

    Clients(Executor threads) {
        this.threads = threads;
    }

    /**
     * The client that trusts those authorities; the system's if there is no file. Blocks for the disk when it is made.
     *
     * @throws LinkException if the file can't be used
     */
    synchronized HttpClient of(Optional<Path> caFile) throws LinkException {
        HttpClient known = clients.get(caFile);
        if (known != null) {
            return known;
        }
        // alarms are hours apart, and a connection that was left open for hours may be dead without saying so
        if (System.getProperty(KEEP_ALIVE) == null) {
            System.setProperty(KEEP_ALIVE, "5");
        }
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(threads);
        if (caFile.isPresent()) {
            client.sslContext(context(caFile.get()));
        }
        HttpClient made = client.build();
        clients.put(caFile, made);
        return made;
    }

    /** The file may be another by now: it is read again for the next request. */
    synchronized void forget(Optional<Path> caFile) {
        clients.remove(caFile);
    }

    private static SSLContext context(Path caFile) throws LinkException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, TlsFiles.trust(caFile).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new LinkException(
                    LinkTrouble.LOCAL_FILES, "CA file " + caFile + " can't be used: " + e.getMessage(), e);
        }
    }
}
