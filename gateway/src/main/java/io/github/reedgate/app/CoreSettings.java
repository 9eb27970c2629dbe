package io.github.reedgate.app;

import io.github.reedgate.config.Config;
import io.github.reedgate.core.GatewaySettings;
import io.github.reedgate.message.Topics;
import io.github.reedgate.notify.NotifyTarget;
import java.time.ZoneId;

/** What the core is told of a configuration. Stateless. */
final class CoreSettings {

    private CoreSettings() {}

    /**
     * The core's settings.
     *
     * @param config the configuration
     * @param start what is known of this start
     * @param self how the gateway describes itself to home servers
     */
    static GatewaySettings of(Config config, GatewaySettings.StartFacts start, GatewaySettings.Description self) {
        Config.Limits limits = config.limits();
        return new GatewaySettings(
                config.gatewayId(),
                Topics.of(config.topicPrefix(), config.gatewayId(), config.monitorPrefix()),
                config.sensors(),
                ZoneId.systemDefault(),
                new GatewaySettings.Watch(
                        config.gpio().reconcile(),
                        limits.edgesPerMinute(),
                        limits.changesPerMinute(),
                        limits.chatterReport()),
                config.diagnostics().interval(),
                start,
                config.commands(),
                self,
                config.panel(),
                config.outputs(),
                config.targets().stream().map(NotifyTarget::rules).toList());
    }
}
