/** Scenarios: a readable text of what happens at the doors, read, unrolled and played in virtual or real time. */
@NullMarked
package io.github.reedgate.sim.scenario;

import org.jspecify.annotations.NullMarked;
