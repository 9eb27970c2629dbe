/** Tests of payloads and times. */
@NullMarked
package io.github.reedgate.message;

import org.jspecify.annotations.NullMarked;
