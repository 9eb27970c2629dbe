/** The questions of {@code reedgate setup}: what is asked, what an answer leads to, and what is to be done in between. Pure but for {@link Runner}, which works through ports. */
@NullMarked
package io.github.reedgate.wizard;

import org.jspecify.annotations.NullMarked;
