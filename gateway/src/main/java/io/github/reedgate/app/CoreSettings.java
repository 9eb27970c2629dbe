package io.github.reedgate.app;

import io.github.reedgate.config.Config;
import io.github.reedgate.core.GatewaySettings;
import io.github.reedgate.message.Topics;
import io.github.reedgate.notify.NotifyTarget;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What the core is told of a configuration. Stateless. */
final class CoreSettings {

    private CoreSettings() {}

    /**
     * How commands went before a start.
     *
     * @param failures how many wrong codes there were since the last right one
     * @param nonces those of signed commands; empty if there were none, null if that is not known
     */
    record Before(long failures, @Nullable String nonces) {

        /** There were none. */
        static final Before NOTHING = new Before(0, "");
    }

    /**
     * The core's settings.
     *
     * @param config the configuration
     * @param start what is known of this start
     * @param before how commands went before this start
     * @param self how the gateway describes itself to home servers
     */
    static GatewaySettings of(
            Config config, GatewaySettings.StartFacts start, Before before, GatewaySettings.Description self) {
        Config.Limits limits = config.limits();
        return new GatewaySettings(
                config.gatewayId(),
                Topics.of(config.topicPrefix(), config.gatewayId()),
                config.sensors(),
                ZoneId.systemDefault(),
                new GatewaySettings.Watch(
                        config.gpio().reconcile(),
                        limits.edgesPerMinute(),
                        limits.changesPerMinute(),
                        limits.chatterReport()),
                config.diagnostics().interval(),
                start,
                new GatewaySettings.Commands(config.commands(), before.failures(), before.nonces()),
                self,
                config.panel(),
                config.outputs(),
                config.targets().stream().map(NotifyTarget::rules).toList());
    }
}
