package io.github.reedgate.discovery;

import io.github.reedgate.event.EventType;
import io.github.reedgate.message.Topics;
import java.util.List;

/** What there is of the alarm panel. */
final class PanelComponents {

    private final Topics topics;
    private final PanelTraits traits;

    PanelComponents(Topics topics, PanelTraits traits) {
        this.topics = topics;
        this.traits = traits;
    }

    List<Component> all() {
        return List.of(panel(), duress());
    }

    /** Shows on no page, and is told late rather than never. */
    private Component duress() {
        return GatewayComponents.trigger(topics, EventType.DURESS)
                .with("value_template", "{{ value_json.event_type }}");
    }

    /**
     * The code goes to the gateway and is judged there. It never stands in this description, which everybody who may read the
     * broker can read.
     */
    private Component panel() {
        Component panel = Component.entity("alarm_control_panel", "gateway_panel")
                .with("name", "Alarm")
                .with("state_topic", topics.panelState())
                .with("command_topic", topics.panelSet())
                .with(
                        "supported_features",
                        traits.inOrder().stream()
                                .map(mode -> "arm_" + mode.word())
                                .toList())
                .with("code_arm_required", traits.codeToArm())
                .with("code_disarm_required", traits.codeToDisarm())
                .with("command_template", "{{ {'action': action, 'code': code} | tojson }}")
                .with("json_attributes_topic", topics.panelDetail());
        return traits.codeToArm() || traits.codeToDisarm()
                ? panel.with("code", traits.digitsOnly() ? "REMOTE_CODE" : "REMOTE_CODE_TEXT")
                : panel;
    }
}
