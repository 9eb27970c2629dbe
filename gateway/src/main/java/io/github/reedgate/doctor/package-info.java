/** What may be wrong on this machine or at the broker: small checks, each a judgement of facts with the fix in words. */
@NullMarked
package io.github.reedgate.doctor;

import org.jspecify.annotations.NullMarked;
