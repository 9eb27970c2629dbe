/** Tests of reading secrets, certificates and keys. */
@NullMarked
package io.github.reedgate.secrets;

import org.jspecify.annotations.NullMarked;
