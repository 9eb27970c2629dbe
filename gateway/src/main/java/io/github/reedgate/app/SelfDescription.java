package io.github.reedgate.app;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.command.Policy;
import io.github.reedgate.config.Config;
import io.github.reedgate.core.GatewaySettings;
import io.github.reedgate.discovery.Descriptions;
import io.github.reedgate.discovery.DiscoverySettings;
import io.github.reedgate.discovery.Installation;
import io.github.reedgate.discovery.PanelTraits;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Topics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway says of itself to home servers, and what it remembers to have said.
 *
 * @param description what the core publishes at the start
 * @param memory what may be left at a broker
 */
record SelfDescription(GatewaySettings.Description description, TopicMemory memory) {

    private static final Logger LOG = LoggerFactory.getLogger(SelfDescription.class);

    /**
     * The description of a configuration.
     *
     * @param config the configuration
     * @param noted what was remembered at the last start; may be empty
     */
    static SelfDescription of(Config config, String noted) {
        Descriptions descriptions = new Descriptions(config.discovery(), installation(config));
        TopicMemory memory = memory(config, noted, descriptions);
        if (!memory.foreign().isEmpty()) {
            LOG.info(
                    "{} retained topics of a former gateway.id or topic_prefix, such as {}, may still be at the broker; they are"
                            + " left alone, for another gateway may have them now; reedgate purge --former empties them",
                    memory.foreign().size(),
                    memory.foreign().get(0));
        }
        Optional<String> status = Optional.of(config.discovery())
                .filter(DiscoverySettings::enabled)
                .map(DiscoverySettings::statusTopic);
        return new SelfDescription(
                new GatewaySettings.Description(messages(config, descriptions, memory), status), memory);
    }

    /**
     * Former descriptions are emptied first: two of one entity would make Home Assistant refuse the second. Those in the other
     * format say first that their parts move, so that Home Assistant keeps them, and are emptied when the new ones are there.
     * What they spoke of is emptied last: whoever still has the entity would take an empty text for its state.
     */
    private static List<Message> messages(Config config, Descriptions descriptions, TopicMemory memory) {
        List<Message> messages = new ArrayList<>();
        List<Message> last = new ArrayList<>();
        Set<String> moved = descriptions.otherFormatsTopics();
        for (String topic : memory.ghosts()) {
            boolean isFormer = describes(topic, config) && !moved.contains(topic);
            (isFormer ? messages : last).add(Message.retainedText(topic, ""));
        }
        memory.ghosts().stream().filter(moved::contains).map(Message::handover).forEach(messages::add);
        messages.addAll(descriptions.messages(memory.formerParts()));
        messages.addAll(last);
        return messages;
    }

    /** The messages in which a gateway of this configuration describes what it has; none if that is switched off. */
    static List<Message> present(Config config) {
        return new Descriptions(config.discovery(), installation(config)).messages(Set.of());
    }

    private static TopicMemory memory(Config config, String noted, Descriptions descriptions) {
        return new TopicMemory(
                noted, topics(config, descriptions), descriptions.parts(), topic -> isOwn(topic, config));
    }

    /** What a gateway of this configuration may have left at its broker. */
    static Leftovers leftovers(Config config, String noted) {
        Descriptions descriptions = new Descriptions(config.discovery(), installation(config));
        TopicMemory memory = memory(config, noted, descriptions);
        return new Leftovers(TopicMemory.left(noted, topics(config, descriptions)), memory.ghosts(), memory.foreign());
    }

    /** Whether a topic is one of the present id and prefix, or of this gateway's descriptions, whatever their prefix. */
    private static boolean isOwn(String topic, Config config) {
        return describes(topic, config)
                || topic.startsWith(
                        Topics.of(config.topicPrefix(), config.gatewayId()).root() + "/");
    }

    private static boolean describes(String topic, Config config) {
        return topic.endsWith("/config")
                && List.of(topic.split("/", -1)).contains(installation(config).deviceId());
    }

    private static Installation installation(Config config) {
        return new Installation(
                config.gatewayId(),
                config.gatewayName(),
                Vitals.version(),
                Topics.of(config.topicPrefix(), config.gatewayId()),
                config.sensors(),
                config.diagnostics().interval(),
                Optional.ofNullable(config.panel()).map(panel -> traits(panel, config.commands())));
    }

    /**
     * A code may have letters in it. If only signed commands are taken nobody is asked for a code, as it would go to a broker
     * that is not trusted with it, and what needs proof can't be done there.
     */
    private static PanelTraits traits(PanelSettings panel, Policy commands) {
        if (!commands.takesCodes() && commands.codeToArm()) {
            return new PanelTraits(Set.of(), false, false, false);
        }
        Set<AlarmMode> modes = panel.sensors().stream()
                .flatMap(sensor -> sensor.modes().stream())
                .collect(Collectors.toSet());
        return new PanelTraits(modes, commands.codeToArm(), commands.takesCodes(), false);
    }

    private static Set<String> topics(Config config, Descriptions descriptions) {
        Topics topics = Topics.of(config.topicPrefix(), config.gatewayId());
        Set<String> all = new LinkedHashSet<>(List.of(topics.availability(), topics.diagnostics(), topics.watermark()));
        if (config.panel() != null) {
            all.add(topics.panelState());
            all.add(topics.panelDetail());
        }
        config.sensors().forEach(sensor -> {
            all.add(topics.state(sensor.id()));
            all.add(topics.detail(sensor.id()));
        });
        descriptions.messages(Set.of()).forEach(message -> all.add(message.topic()));
        return all;
    }
}
