/** Tests of the supervision, in virtual time. */
@NullMarked
package io.github.reedgate.monitor.supervision;

import org.jspecify.annotations.NullMarked;
