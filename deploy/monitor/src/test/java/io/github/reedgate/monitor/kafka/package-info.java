/** Tests of Kafka as store and as source. */
@NullMarked
package io.github.reedgate.monitor.kafka;

import org.jspecify.annotations.NullMarked;
