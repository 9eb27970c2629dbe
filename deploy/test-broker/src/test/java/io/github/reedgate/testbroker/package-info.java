/** Tests of the test broker itself. */
@NullMarked
package io.github.reedgate.testbroker;

import org.jspecify.annotations.NullMarked;
