/** Faults seeded one at a time, and what the checks say of them. */
@NullMarked
package io.github.reedgate.doctor;

import org.jspecify.annotations.NullMarked;
