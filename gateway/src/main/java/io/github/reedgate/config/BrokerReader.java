package io.github.reedgate.config;

import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.BrokerSettings.Timing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the {@code broker} section. Stateless but for what it was made with. */
public final class BrokerReader {

    /** The keys of the section, in the order of the documentation. */
    public static final List<Key<?>> KEYS = List.of(
            Keys.URL,
            Keys.CLIENT_ID,
            Keys.USER,
            Keys.PASSWORD_FILE,
            Keys.CA_FILE,
            Keys.CERTIFICATE_FILE,
            Keys.KEY_FILE,
            Keys.INSECURE,
            Keys.KEEP_ALIVE,
            Keys.CONNECT_TIMEOUT,
            Keys.RETRY_FIRST,
            Keys.RETRY_MAX,
            Keys.RETRY_REFUSED);

    private static final URI NOWHERE = URI.create("mqtts://localhost");

    private final Section broker;
    private final Path folder;

    /** Reads a section; relative paths in it start from {@code folder}. */
    public BrokerReader(Section broker, Path folder) {
        this.broker = broker;
        this.folder = folder;
    }

    /**
     * The settings; meaningless if something was reported.
     *
     * @param clientId the MQTT client id if the section names none
     */
    public BrokerSettings read(String clientId) {
        Optional<URI> url = broker.find(Keys.URL);
        BrokerSettings settings = new BrokerSettings(
                url.orElse(NOWHERE),
                broker.find(Keys.CLIENT_ID).orElse(clientId),
                broker.find(Keys.USER),
                path(Keys.PASSWORD_FILE),
                path(Keys.CA_FILE),
                path(Keys.CERTIFICATE_FILE),
                path(Keys.KEY_FILE),
                timing());
        boolean insecure = broker.get(Keys.INSECURE);
        url.ifPresent(found -> checkEncryption(found, settings.usesTls(), insecure));
        checkPair(Keys.CERTIFICATE_FILE, Keys.KEY_FILE);
        checkPair(Keys.KEY_FILE, Keys.CERTIFICATE_FILE);
        return settings;
    }

    /** The account of the commands; meaningless if something was reported. */
    ViewerAccount viewer() {
        Section viewer = broker.section("viewer");
        Optional<String> user = viewer.find(ViewerKeys.USER);
        Optional<Path> file = viewer.find(ViewerKeys.PASSWORD_FILE).map(folder::resolve);
        if (viewer.has(ViewerKeys.USER) && !viewer.has(ViewerKeys.PASSWORD_FILE)) {
            viewer.report(ViewerKeys.USER, "needs broker.viewer.password_file as well; give both or neither");
        }
        if (viewer.has(ViewerKeys.PASSWORD_FILE) && !viewer.has(ViewerKeys.USER)) {
            viewer.report(ViewerKeys.PASSWORD_FILE, "needs broker.viewer.user as well; give both or neither");
        }
        if (user.isPresent() && user.equals(broker.find(Keys.USER))) {
            viewer.report(
                    ViewerKeys.USER,
                    "is the gateway's own user, broker.user; a second login as that user can disconnect the gateway."
                            + " Make another account at the broker, or remove broker.viewer");
        }
        return ViewerAccount.of(user, file, folder);
    }

    private Optional<Path> path(Key<Path> key) {
        return broker.find(key).map(folder::resolve);
    }

    private Timing timing() {
        Section retry = broker.section("retry");
        Duration first = retry.get(Keys.RETRY_FIRST);
        Duration max = retry.get(Keys.RETRY_MAX);
        if (max.compareTo(first) < 0 && !retry.isBroken(Keys.RETRY_FIRST) && !retry.isBroken(Keys.RETRY_MAX)) {
            retry.report(
                    Keys.RETRY_MAX,
                    "'" + DurationType.text(max) + "' is shorter than first, " + DurationType.text(first)
                            + "; allowed: " + Keys.RETRY_MAX.type().allowed() + ", not shorter than first");
        }
        return new Timing(
                broker.get(Keys.KEEP_ALIVE),
                broker.get(Keys.CONNECT_TIMEOUT),
                first,
                max,
                retry.get(Keys.RETRY_REFUSED));
    }

    private void checkEncryption(URI url, boolean usesTls, boolean insecure) {
        if (usesTls) {
            return;
        }
        if (!insecure && !broker.isBroken(Keys.INSECURE) && !Loopback.isLoopback(Loopback.hostOf(url))) {
            String encrypted = url.getScheme().equals("ws") ? "wss" : "mqtts";
            broker.report(
                    Keys.URL,
                    "'" + Shown.value(url.toString()) + "' would send everything in clear text to another machine; use "
                            + encrypted + "://, or set broker.insecure: true if you trust the network between");
        }
        for (Key<Path> key : List.of(Keys.CA_FILE, Keys.CERTIFICATE_FILE, Keys.KEY_FILE)) {
            if (broker.has(key) && !broker.isBroken(key)) {
                broker.report(
                        key,
                        "has no effect, for " + url.getScheme()
                                + ":// is clear text; use mqtts or wss in broker.url, or remove it");
            }
        }
    }

    private void checkPair(Key<Path> one, Key<Path> other) {
        if (broker.has(one) && !broker.has(other)) {
            broker.report(one, "needs broker." + other.name() + " as well; give both or neither");
        }
    }
}
