package io.github.reedgate.monitor.app;

import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.kafka.KafkaHistory;
import io.github.reedgate.monitor.record.History;
import io.github.reedgate.monitor.store.Histories;
import io.github.reedgate.monitor.store.StoredHistory;

/**
 * Where a running monitor stores. Immutable.
 *
 * @param history stores
 * @param closing closes it, and whatever it is made of
 */
record OpenHistory(History history, Runnable closing) {

    /** What the configuration names; nothing is opened before the first call. Kafka's classes are loaded only if it names Kafka. */
    static OpenHistory of(MonitorConfig config) {
        StoredHistory stored = Histories.toWrite(config);
        return config.store().kind() == MonitorConfig.Kind.KAFKA
                ? passingOn(config, stored)
                : new OpenHistory(stored, stored::close);
    }

    private static OpenHistory passingOn(MonitorConfig config, StoredHistory own) {
        KafkaHistory kafka = KafkaHistory.of(config.kafka().orElseThrow(), config.id(), own);
        return new OpenHistory(kafka, () -> {
            kafka.close();
            own.close();
        });
    }
}
