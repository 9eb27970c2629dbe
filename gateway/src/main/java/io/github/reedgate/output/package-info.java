/** Siren, strobe and status LED: what is connected where, and how it shows what there is to show. */
@NullMarked
package io.github.reedgate.output;

import org.jspecify.annotations.NullMarked;
