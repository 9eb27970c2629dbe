/** Kafka as the place where events are passed on to, and as the source of events. Loaded only if the configuration names it. */
@NullMarked
package io.github.reedgate.monitor.kafka;

import org.jspecify.annotations.NullMarked;
