/** A real MQTT 5 broker for tests and the demo. */
@NullMarked
package io.github.reedgate.testbroker;

import org.jspecify.annotations.NullMarked;
