/** Reads passwords, tokens, PEM files and systemd credentials, and says why one can't be used. */
@NullMarked
package io.github.reedgate.secrets;

import org.jspecify.annotations.NullMarked;
