/** The program beside the broker that records the events of every gateway; each package below it has one part of that. */
@NullMarked
package io.github.reedgate.monitor;

import org.jspecify.annotations.NullMarked;
