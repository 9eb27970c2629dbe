package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The order of the stages of a step. Much depends on it, so that nobody changes it by chance. */
class StagesTest {

    @Test
    void stagesComeInThisOrder() {
        assertThat(Gateway.STAGES)
                .extracting(Gateway.Stage::name)
                .containsExactly(
                        "description",
                        "numbers",
                        "clock",
                        "commandIn",
                        "walkTestStop",
                        "lines",
                        "system",
                        "homeServer",
                        "logRequest",
                        "notificationReports",
                        "walkTestBegin",
                        "panel",
                        "walkTestEnd",
                        "outputs",
                        "commandReply",
                        "startReport",
                        "notifications",
                        "snapshot");
    }
}
