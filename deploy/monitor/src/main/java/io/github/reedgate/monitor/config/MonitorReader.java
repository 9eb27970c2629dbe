package io.github.reedgate.monitor.config;

import io.github.reedgate.config.BrokerReader;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.Key;
import io.github.reedgate.config.Loopback;
import io.github.reedgate.config.NotifyReader;
import io.github.reedgate.config.Section;
import io.github.reedgate.config.SettingsReader;
import io.github.reedgate.monitor.config.MonitorConfig.Kind;
import io.github.reedgate.monitor.config.MonitorConfig.Server;
import io.github.reedgate.monitor.config.MonitorConfig.Store;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the configuration file of the monitor; valid as a whole, or refused with everything that is wrong. Stateless. */
public final class MonitorReader {

    private static final int USUAL_PORT = 5432;

    private static final SettingsReader SETTINGS = new SettingsReader(MonitorKeys.TABLE);

    private MonitorReader() {}

    /**
     * Reads a file; blocks on the file system.
     *
     * @throws ConfigException if it cannot be read or anything in it is wrong
     */
    public static MonitorConfig read(Path file) throws ConfigException {
        return SETTINGS.read(file, MonitorReader::config);
    }

    /**
     * Reads text as if it stood in a file.
     *
     * @param name the file's name, for messages and relative paths
     * @throws ConfigException if anything in it is wrong
     */
    public static MonitorConfig read(String text, String name) throws ConfigException {
        return SETTINGS.read(text, name, MonitorReader::config);
    }

    private static MonitorConfig config(Section top, Path folder) {
        String id = top.section("monitor").find(MonitorKeys.ID).orElse("");
        return new MonitorConfig(
                id,
                top.section("monitor").get(MonitorKeys.HEALING),
                topicPrefix(top),
                folder.resolve(top.get(MonitorKeys.STATE_DIR)),
                new BrokerReader(top.section("broker"), folder).read("reedgate-monitor-" + id),
                top.get(MonitorKeys.SESSION_EXPIRY),
                store(top.section("store"), folder),
                new MonitorConfig.Watching(
                        SupervisionReader.read(top.section(SupervisionKeys.SECTION)),
                        top.section("ping").find(SupervisionKeys.PING),
                        new NotifyReader(top.section(NotifyReader.SECTION), folder).read()));
    }

    /** The topics of gateways must not be those of monitors: what one writes the other would read as its own. */
    private static String topicPrefix(Section top) {
        String prefix = top.get(MonitorKeys.TOPIC_PREFIX);
        if ((prefix + "/").startsWith(MonitorConfig.ROOT + "/")
                || (MonitorConfig.ROOT + "/").startsWith(prefix + "/")) {
            top.report(
                    MonitorKeys.TOPIC_PREFIX,
                    "'" + prefix + "' lies at, above or below '" + MonitorConfig.ROOT
                            + "', where the topics of monitors are; give the topic_prefix of the gateways, such as reedgate");
        }
        return prefix;
    }

    private static Store store(Section store, Path folder) {
        Kind kind = store.get(MonitorKeys.KIND);
        Optional<URI> url = store.find(MonitorKeys.URL);
        boolean insecure = store.get(MonitorKeys.INSECURE);
        String user = store.find(MonitorKeys.USER).orElse("reedgate_monitor");
        Optional<Path> password = store.find(MonitorKeys.PASSWORD_FILE).map(folder::resolve);
        Optional<Path> ca = store.find(MonitorKeys.CA_FILE).map(folder::resolve);
        if (kind == Kind.SQLITE) {
            refuseServer(store);
        } else if (url.isEmpty() && !store.isBroken(MonitorKeys.URL)) {
            store.report(
                    MonitorKeys.URL,
                    "is missing with type: postgresql; allowed: "
                            + MonitorKeys.URL.type().allowed());
        }
        Optional<Server> server = url.map(found -> {
            boolean isHere = Loopback.isLoopback(Loopback.hostOf(found));
            int port = found.getPort() < 0 ? USUAL_PORT : found.getPort();
            return new Server(
                    found.getHost(), port, found.getPath().substring(1), user, password, ca, !isHere && !insecure);
        });
        return new Store(kind, server, store.get(MonitorKeys.MAX_AGE), store.get(MonitorKeys.MAX_BYTES));
    }

    private static void refuseServer(Section store) {
        List<Key<?>> server = List.of(
                MonitorKeys.URL,
                MonitorKeys.USER,
                MonitorKeys.PASSWORD_FILE,
                MonitorKeys.CA_FILE,
                MonitorKeys.INSECURE);
        for (Key<?> key : server) {
            if (store.has(key)) {
                store.report(key, "is for type: postgresql only; remove it, or set store.type: postgresql");
            }
        }
    }
}
