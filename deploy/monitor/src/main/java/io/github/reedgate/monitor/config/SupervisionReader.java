package io.github.reedgate.monitor.config;

import io.github.reedgate.config.Section;
import io.github.reedgate.monitor.supervision.ReportingPreset;
import io.github.reedgate.monitor.supervision.SupervisionSettings;
import io.github.reedgate.monitor.supervision.Thresholds;

/** Reads the {@code supervision} section. Stateless. */
final class SupervisionReader {

    private SupervisionReader() {}

    /** The settings; meaningless if something was reported. */
    static SupervisionSettings read(Section section) {
        Thresholds usual = section.find(SupervisionKeys.PRESET)
                .map(ReportingPreset::thresholds)
                .orElse(Thresholds.DEFAULT);
        Thresholds thresholds = new Thresholds(
                section.find(SupervisionKeys.PENDING).orElse(usual.pending()),
                section.find(SupervisionKeys.ARMED).orElse(usual.armed()),
                section.find(SupervisionKeys.DISARMED).orElse(usual.disarmed()));
        return new SupervisionSettings(
                thresholds,
                section.get(SupervisionKeys.HEARTBEAT),
                section.get(SupervisionKeys.RETURNING),
                section.get(SupervisionKeys.STOPPED),
                section.get(SupervisionKeys.STOPPED_RAISES),
                section.get(SupervisionKeys.REPEAT),
                section.get(SupervisionKeys.REPEATS));
    }
}
