package io.github.reedgate.config;

import io.github.reedgate.contact.Sensor;
import io.github.reedgate.discovery.DiscoverySettings;
import io.github.reedgate.link.BrokerSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the configuration file. It is valid as a whole or refused with everything that is wrong with it. Safe for use by
 * any thread.
 */
public final class ConfigReader {

    private final SettingsReader settings = new SettingsReader(Keys.TABLE);

    /**
     * Reads a file; blocks on the file system.
     *
     * @param file UTF-8, YAML 1.2, 256 KiB at most; relative paths in it start from its folder
     * @throws ConfigException if it cannot be read or anything in it is wrong
     */
    public Config read(Path file) throws ConfigException {
        return settings.read(file, ConfigReader::config);
    }

    /**
     * Reads text as if it stood in a file.
     *
     * @param text the file's content
     * @param name the file's name for messages; relative paths in the text start from its folder
     * @throws ConfigException if anything in it is wrong
     */
    public Config read(String text, String name) throws ConfigException {
        return settings.read(text, name, ConfigReader::config);
    }

    private static Config config(Section top, Path folder) {
        Section gateway = top.section("gateway");
        String id = gateway.find(Keys.GATEWAY_ID).orElse("");
        BrokerReader brokerReader = new BrokerReader(top.section("broker"), folder);
        BrokerSettings broker = brokerReader.read("reedgate-" + id);
        boolean hasPanel = top.names().contains(PanelReader.ALARM);
        SensorsReader sensorsReader = new SensorsReader(top.section(Section.SENSORS), hasPanel);
        List<Sensor> sensors = sensorsReader.read();
        PanelReader panel = new PanelReader(top);
        String topicPrefix = top.get(Keys.TOPIC_PREFIX);
        DiscoverySettings discovery = discovery(top.section("homeassistant").section("discovery"));
        return new Config(
                id,
                gateway.find(Keys.GATEWAY_NAME).orElse(id),
                topicPrefix,
                monitorPrefix(top, topicPrefix, discovery.prefix()),
                folder.resolve(top.get(Keys.STATE_DIR)),
                broker,
                brokerReader.viewer(),
                gpio(top.section("gpio")),
                store(top.section("store")),
                limits(top.section("limits")),
                new Config.Diagnostics(
                        top.section("diagnostics").get(Keys.DIAGNOSTICS_INTERVAL),
                        top.section("ping").find(Keys.PING_URL)),
                discovery,
                sensors,
                panel.read(sensorsReader.panelSensors()).orElse(null),
                panel.commands(),
                new OutputsReader(top.section(Section.OUTPUTS), hasPanel, sensors).read(),
                new NotifyReader(top.section(Section.NOTIFY), folder).read(),
                sensorsReader.quieted());
    }

    /** Answers to monitors must not reach a topic that somebody takes for the gateway's, or for a description of it. */
    private static String monitorPrefix(Section top, String topicPrefix, String discoveryPrefix) {
        String prefix = top.get(Keys.MONITOR_PREFIX);
        apart(top, prefix, Keys.TOPIC_PREFIX, topicPrefix);
        apart(top, prefix, DiscoveryKeys.PREFIX, discoveryPrefix);
        return prefix;
    }

    private static void apart(Section top, String prefix, Key<String> key, String other) {
        if ((prefix + "/").startsWith(other + "/") || (other + "/").startsWith(prefix + "/")) {
            top.report(
                    Keys.MONITOR_PREFIX,
                    "'" + prefix + "' lies at, above or below '" + other + "', the " + key.path()
                            + "; choose topics of their own for monitors, such as reedgate-monitor");
        }
    }

    private static DiscoverySettings discovery(Section discovery) {
        return new DiscoverySettings(
                discovery.get(DiscoveryKeys.ENABLED),
                discovery.get(DiscoveryKeys.FORMAT),
                discovery.get(DiscoveryKeys.PREFIX));
    }

    private static Config.Gpio gpio(Section gpio) {
        return new Config.Gpio(gpio.get(Keys.PROVIDER), gpio.get(Keys.RECONCILE), gpio.get(Keys.QUEUE));
    }

    private static Config.Store store(Section store) {
        return new Config.Store(store.get(Keys.MAX_EVENTS), store.get(Keys.MAX_AGE), store.get(Keys.MAX_BYTES));
    }

    private static Config.Limits limits(Section limits) {
        return new Config.Limits(
                limits.get(Keys.EDGES_PER_MINUTE),
                limits.get(Keys.CHANGES_PER_MINUTE),
                limits.get(Keys.CHATTER_REPORT));
    }
}
